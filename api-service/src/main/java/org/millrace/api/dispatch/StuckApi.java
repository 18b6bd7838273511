package org.millrace.api.dispatch;

import io.quarkus.runtime.Quarkus;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.millrace.model.broker.ConfirmWatch;

/**
 * Ends an API that hears of no outcome any more, or is not heard, and cannot be healed, so that whatever supervises it
 * starts a new one. Uploads go on where they were, and pages come back by themselves.
 */
@ApplicationScoped
public class StuckApi {

    private static final Logger LOG = Logger.getLogger(StuckApi.class);
    private static final int EXIT_CODE = 75;

    private final OutcomeConsumers consumers;
    private final Publication publication;
    private final Broker broker;

    StuckApi(OutcomeConsumers consumers, Publication publication, Broker broker) {
        this.consumers = consumers;
        this.publication = publication;
        this.broker = broker;
    }

    /** Whether it is about to end. */
    public boolean isStuck() {
        return consumers.isStuck() || publication.confirms().isStuck();
    }

    /** Since when nothing has been confirmed that it published; empty if the last was. */
    public Optional<Instant> unconfirmedSince() {
        return publication.confirms().silentSince();
    }

    @Scheduled(every = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        consumers.look();
        publication.confirms().look(broker::isConfirming);
        if (consumers.isStuck()) {
            end("a consumer was gone for " + OutcomeConsumers.PATIENCE + " and could not be made anew");
        } else if (publication.confirms().isStuck()) {
            end("nothing that it published was confirmed for " + ConfirmWatch.PATIENCE
                    + ", and the broker confirms to others");
        }
    }

    private static void end(String why) {
        LOG.errorf("The API ends: %s", why);
        Quarkus.asyncExit(EXIT_CODE);
    }
}
