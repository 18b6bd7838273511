package org.millrace.worker.intake;

import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.model.broker.ConsumerWatch;
import org.millrace.model.message.Channels;
import org.millrace.worker.report.Broker;

/** Watches over the consumers of the worker: without them it would take no task, for ever, and look well. */
@Singleton
public class TaskConsumers extends ConsumerWatch {

    private static final Map<String, String> QUEUES =
            Map.of(Channels.TASKS_FAST, "millrace.tasks.fast", Channels.TASKS_BULK, "millrace.tasks.bulk");

    private final Broker broker;

    @Inject
    TaskConsumers(Broker broker, @Any Instance<HealthReporter> connectors, Clock clock) {
        super(connectors, clock);
        this.broker = broker;
    }

    @Override
    protected Set<String> consumed() {
        return Set.of(Channels.TASKS_FAST, Channels.TASKS_BULK, Channels.CONTROL);
    }

    @Override
    protected boolean isBrokerUsed() {
        return broker.isUsed();
    }

    @Override
    protected boolean isBrokerThere() {
        return broker.isReady();
    }

    @Override
    protected Set<String> deserted() {
        return QUEUES.entrySet().stream()
                .filter(entry -> broker.isDeserted(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
