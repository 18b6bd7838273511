package org.millrace.worker.report;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where the broker is. Absent where channels join in memory. */
@ConfigMapping(prefix = "millrace.worker.broker")
public interface BrokerConfig {

    /** Its host; empty if there is none. */
    Optional<String> host();

    /** Its port. */
    @WithDefault("5672")
    int port();

    /** Whether to talk TLS. */
    @WithDefault("false")
    boolean ssl();

    /** Who connects. */
    @WithDefault("guest")
    String username();

    /** The password. */
    @WithDefault("guest")
    String password();

    /** The virtual host. */
    @WithDefault("/")
    String virtualHost();
}
