package org.millrace.standalone.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Every fault that the suite knows, and in which shapes it makes sense. */
enum FaultKind {
    WORKER_KILLED(On.ANY, ProcessFaults::killWorker),
    WORKER_STOPPED_FOR_LONGER_THAN_A_LEASE(On.BROKER, ProcessFaults::pauseWorker),
    WORKER_ASKED_TO_END(On.ANY, ProcessFaults::endWorker),
    FFMPEG_KILLED(On.ANY, ProcessFaults::killFfmpeg),
    FFMPEG_STOPPED(On.ANY, ProcessFaults::pauseFfmpeg),
    API_KILLED(On.BROKER, ProcessFaults::killApi),
    API_STOPPED(On.BROKER, ProcessFaults::pauseApi),
    API_ASKED_TO_END(On.BROKER, ProcessFaults::endApi),
    WORKER_CLOCK_AN_HOUR_AHEAD(On.CLOCKS, ProcessFaults::skewWorker),
    BROKER_KILLED(On.BROKER, BrokerFaults::kill),
    BROKER_RESTARTED(On.BROKER, BrokerFaults::restart),
    BROKER_WIPED(On.BROKER, BrokerFaults::wipe),
    BROKER_STOPPED(On.BROKER, BrokerFaults::pause),
    BROKER_SHORT_OF_DISK(On.BROKER, BrokerFaults::alarmDisk),
    BROKER_SHORT_OF_MEMORY(On.BROKER, BrokerFaults::alarmMemory),
    QUEUE_DELETED(On.BROKER, BrokerFaults::deleteQueue),
    LEADER_LOST(On.BROKER, BrokerFaults::loseLeader),
    MESSAGES_REPEATED_LATE_AND_OUT_OF_ORDER(On.BROKER, BrokerFaults::repeatMessages),
    CONNECTIONS_CUT(On.BROKER, LineFaults::cutBroker),
    CONNECTIONS_HALF_OPEN(On.BROKER, LineFaults::holdBroker),
    BROKER_REFUSES_CONNECTIONS(On.BROKER, LineFaults::refuseBroker),
    STORE_SLOW(On.S3, LineFaults::slowStore),
    STORE_TRANSFERS_CUT(On.S3, LineFaults::cutStore),
    STORE_ANSWERS_503(On.S3, LineFaults::failStore),
    DATABASE_LOCKED(On.SQLITE, DataFaults::lockDatabase),
    DATABASE_CRASHED(On.S3, DataFaults::crashDatabase),
    WORKER_DISK_FULL(On.SCRATCH_DISKS, DataFaults::fillScratch),
    STORE_DISK_FULL(On.MEDIA_DISK, DataFaults::fillStore);

    /** Where a fault is possible. */
    private enum On {
        ANY,
        BROKER,
        SQLITE,
        S3,
        CLOCKS,
        SCRATCH_DISKS,
        MEDIA_DISK
    }

    private final On on;
    private final Fault fault;

    FaultKind(On on, Fault fault) {
        this.on = on;
        this.fault = fault;
    }

    /** What is done. */
    Fault fault() {
        return fault;
    }

    /** What people read. */
    String words() {
        return name().toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .replace("ffmpeg", "FFmpeg")
                .replace("api", "API");
    }

    /** Whether it can be done to an installation. */
    boolean fits(Installation installation) {
        Shape shape = installation.shape();
        return switch (on) {
            case ANY -> true;
            case BROKER -> shape.hasBroker();
            case SQLITE -> shape != Shape.REPLICAS;
            case S3 -> shape == Shape.REPLICAS;
            case CLOCKS -> shape.hasBroker() && ProcessFaults.falseClock().isPresent();
            case SCRATCH_DISKS -> !installation.scratchDisks().isEmpty();
            case MEDIA_DISK -> installation.mediaDisk().isPresent();
        };
    }

    /** Those that can be done to an installation. */
    static List<FaultKind> fitting(Installation installation) {
        return Arrays.stream(values()).filter(kind -> kind.fits(installation)).toList();
    }
}
