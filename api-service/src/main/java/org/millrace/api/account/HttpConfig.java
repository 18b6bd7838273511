package org.millrace.api.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** Whom the web server answers. */
@ConfigMapping(prefix = "millrace.http")
public interface HttpConfig {

    /**
     * Host names under which people reach this server, without ports; {@code *} stands for any, which lets every web
     * site that its users visit try to speak for them through a name of its own.
     */
    @WithDefault("localhost,127.0.0.1,[::1]")
    Set<String> allowedHosts();

    /** How long the body of a request may take to arrive that brings no file. */
    @WithDefault("30s")
    Duration bodyTimeout();
}
