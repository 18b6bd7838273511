package org.millrace.worker.intake;

import io.quarkus.runtime.Quarkus;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.millrace.model.broker.ConfirmWatch;
import org.millrace.worker.report.Broker;

/** Ends a worker that cannot be healed, so that whatever supervises it starts a new one. */
@ApplicationScoped
public class StuckWorker {

    private static final Logger LOG = Logger.getLogger(StuckWorker.class);
    private static final int EXIT_CODE = 75;

    private final TaskConsumers consumers;
    private final ConfirmWatch confirms;
    private final Broker broker;

    @Inject
    StuckWorker(TaskConsumers consumers, ConfirmWatch confirms, Broker broker) {
        this.consumers = consumers;
        this.confirms = confirms;
        this.broker = broker;
    }

    /** Whether it is about to end. */
    public boolean isStuck() {
        return consumers.isStuck() || confirms.isStuck();
    }

    /** Since when nothing has been confirmed that it reported; empty if the last was. */
    public Optional<Instant> unconfirmedSince() {
        return confirms.silentSince();
    }

    @Scheduled(every = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        consumers.look();
        confirms.look(broker::isConfirming);
        if (consumers.isStuck()) {
            end("a consumer was gone for " + TaskConsumers.PATIENCE + " and could not be made anew");
        } else if (confirms.isStuck()) {
            end("nothing that it reported was confirmed for " + ConfirmWatch.PATIENCE
                    + ", and the broker confirms to others");
        }
    }

    private static void end(String why) {
        LOG.errorf("The worker ends: %s", why);
        Quarkus.asyncExit(EXIT_CODE);
    }
}
