package org.millrace.worker.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How much the worker takes on at a time, and how it lets go. */
@ConfigMapping(prefix = "millrace.worker")
public interface IntakeConfig {

    /** Bulk tasks run at once; {@link DefaultSlots} computes it from cores and memory if it is not set. */
    @Min(1)
    int slots();

    /** Fast tasks run at once: what somebody waits for, picture and sound at the same time. */
    @WithDefault("2")
    @Min(1)
    int fastSlots();

    /** Tasks planned for longer than this are acknowledged when they start, and live by the ledger's lease. */
    @WithDefault("PT10M")
    Duration earlyAck();

    /** How long a task waits for a slot, when only acknowledged tasks hold them, before it is handed back. */
    @WithDefault("PT30S")
    Duration hold();

    /** How long a running task may take to finish when the worker is asked to end. */
    @WithDefault("PT20S")
    Duration grace();
}
