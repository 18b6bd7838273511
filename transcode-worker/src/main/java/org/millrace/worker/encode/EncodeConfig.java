package org.millrace.worker.encode;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the worker encodes. Workers of one installation should agree on it. */
@ConfigMapping(prefix = "millrace.worker.encode")
public interface EncodeConfig {

    /** x264's speed: {@code faster} makes files a seventh smaller for almost twice the time. */
    @WithDefault("veryfast")
    String preset();
}
