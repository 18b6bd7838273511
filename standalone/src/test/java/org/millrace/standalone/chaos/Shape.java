package org.millrace.standalone.chaos;

import java.util.Locale;

/** How an installation is put together. */
public enum Shape {
    /** Everything in one process. */
    STANDALONE,
    /** One API on SQLite, workers, RabbitMQ, media in a folder. */
    SERVICES,
    /** Two replicas of the API on PostgreSQL behind nginx, workers, RabbitMQ, media in S3. */
    REPLICAS;

    /** Whether messages go through a broker. */
    public boolean hasBroker() {
        return this != STANDALONE;
    }

    /** What people call it on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
