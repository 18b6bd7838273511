package org.millrace.api.dispatch;

import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import org.millrace.model.broker.ConsumerWatch;
import org.millrace.model.message.Channels;

/** Watches over the consumers of the API: without them no task would ever be done, and the pages would look well. */
@Singleton
public class OutcomeConsumers extends ConsumerWatch {

    private final DispatchConfig config;
    private final Broker broker;

    OutcomeConsumers(DispatchConfig config, Broker broker, @Any Instance<HealthReporter> connectors, Clock clock) {
        super(connectors, clock);
        this.config = config;
        this.broker = broker;
    }

    @Override
    protected Set<String> consumed() {
        return Set.of(Channels.OUTCOMES, Channels.PROGRESS);
    }

    @Override
    protected boolean isBrokerUsed() {
        return config.transport() == DispatchConfig.Transport.BROKER;
    }

    @Override
    protected boolean isBrokerThere() {
        return broker.reachableSince().isPresent();
    }

    @Override
    protected Set<String> deserted() {
        return broker.isDeserted(Topology.OUTCOMES) ? Set.of(Channels.OUTCOMES) : Set.of();
    }

    /** The queue may not have been there for a while; now it is, and it may take a moment to be consumed. */
    void on(@Observes BrokerForgot forgot) {
        countAnew();
    }
}
