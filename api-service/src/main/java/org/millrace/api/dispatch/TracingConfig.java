package org.millrace.api.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether traces are made; the other settings of OpenTelemetry stand beside this one. */
@ConfigMapping(prefix = "quarkus.otel.sdk")
interface TracingConfig {

    /** No traces are made, and messages carry no trace. */
    @WithDefault("true")
    boolean disabled();
}
