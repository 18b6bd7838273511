package org.millrace.standalone.chaos;

import java.util.Locale;

/** What a run of the suite does; how much of it is decided by its size. */
enum Scenario {
    /** Every fault that fits, for a time. */
    MIXED(0, "minutes are given by --minutes"),
    /** Workers are killed while 30 videos and more are made. */
    WORKER_KILLS(50, "kills of workers"),
    /** The broker is killed. */
    BROKER_KILLS(10, "kills of the broker"),
    /** The API is killed while it receives. */
    API_KILLS(20, "kills of the API, each in the midst of an upload"),
    /** Many upload at once. */
    UPLOADS(200, "uploads at once"),
    /** A long backlog of small tasks, four workers, kills. */
    BACKLOG(2000, "tasks"),
    /** Many pages listen. */
    STREAMS(1000, "open event streams");

    private final int usual;
    private final String unit;

    Scenario(int usual, String unit) {
        this.usual = usual;
        this.unit = unit;
    }

    /** How much of it is done if nobody says otherwise. */
    int usual() {
        return usual;
    }

    /** What the size counts. */
    String unit() {
        return unit;
    }

    /** What people call it on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
