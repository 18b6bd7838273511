package org.millrace.api.dispatch;

import jakarta.inject.Singleton;
import java.time.Clock;
import org.millrace.model.consumer.ConsumerWatch;

/** Watches over the consumers of the API: without them no task would ever be done, and the pages would look well. */
@Singleton
public class OutcomeConsumers extends ConsumerWatch {

    private final DispatchConfig config;
    private final Broker broker;

    OutcomeConsumers(DispatchConfig config, Broker broker, Clock clock) {
        super(clock);
        this.config = config;
        this.broker = broker;
    }

    @Override
    protected boolean isBrokerUsed() {
        return config.transport() == DispatchConfig.Transport.BROKER;
    }

    @Override
    protected boolean isBrokerThere() {
        return broker.reachableSince().isPresent();
    }
}
