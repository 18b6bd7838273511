package org.millrace.api.dispatch;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How tasks get from the ledger to the workers. */
@ConfigMapping(prefix = "millrace.dispatch")
public interface DispatchConfig {

    /** What carries messages: a broker, or the memory of this process. */
    enum Transport {
        /** RabbitMQ; workers are other processes. */
        BROKER,
        /** The worker is in this process; what was under way when it ended has to be offered again. */
        MEMORY
    }

    /** What carries messages. */
    @WithDefault("broker")
    Transport transport();

    /** How long an attempt may stay silent before its task is given to another worker. */
    @WithDefault("60s")
    Duration lease();

    /** How long an attempt may go on at all, however lively: then its task is given to another worker. */
    @WithDefault("24h")
    Duration longestAttempt();

    /** How long the broker may take to confirm a message before dispatching pauses. */
    @WithDefault("10s")
    Duration confirmTimeout();

    /** Fewest tasks of a lane that may be in the queue at once, whatever the number of workers. */
    @WithDefault("16")
    int windowAtLeast();

    /** Tasks of a lane that may be in the queue for each live slot. */
    @WithDefault("3")
    int windowPerSlot();

    /** Shortest wait before a task that nobody starts is taken to be lost by the queue. */
    @WithDefault("5m")
    Duration forgottenAfter();

    /** Room in the media store that results never take; a task whose result may not fit waits. */
    @WithDefault("256M")
    MemorySize keepFree();
}
