package org.millrace.worker.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.millrace.model.consumer.ConsumerWatch;
import org.millrace.worker.report.Broker;

/** Watches over the consumers of the worker: without them it would take no task, for ever, and look well. */
@Singleton
public class TaskConsumers extends ConsumerWatch {

    private final Broker broker;

    @Inject
    TaskConsumers(Broker broker, Clock clock) {
        super(clock);
        this.broker = broker;
    }

    @Override
    protected boolean isBrokerUsed() {
        return broker.isUsed();
    }

    @Override
    protected boolean isBrokerThere() {
        return broker.isReady();
    }
}
