package org.millrace.worker.report;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How the worker reports. */
@ConfigMapping(prefix = "millrace.worker.report")
public interface ReportConfig {

    /** How long the broker may take to confirm an outcome before it is sent once more. */
    @WithDefault("PT10S")
    Duration confirmTimeout();

    /** Time between two signs of life. */
    @WithDefault("PT3S")
    Duration heartbeat();

    /** Name by which people recognise this machine; the host name if absent. */
    Optional<String> host();
}
