package org.millrace.api.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the broker is. The messaging channels are given the same values. */
@ConfigMapping(prefix = "millrace.broker")
interface BrokerConfig {

    /** Host name or address. */
    @WithDefault("localhost")
    String host();

    /** AMQP port. */
    @WithDefault("5672")
    int port();

    /** Name to log in with. */
    @WithDefault("guest")
    String username();

    /** Password to log in with. */
    @WithDefault("guest")
    String password();

    /** Virtual host that everything of this installation lives in. */
    @WithDefault("/")
    String virtualHost();
}
