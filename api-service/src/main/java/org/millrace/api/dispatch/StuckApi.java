package org.millrace.api.dispatch;

import io.quarkus.runtime.Quarkus;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Ends an API that hears of no outcome any more and cannot be healed, so that whatever supervises it starts a new one.
 * Uploads go on where they were, and pages come back by themselves.
 */
@ApplicationScoped
class StuckApi {

    private static final Logger LOG = Logger.getLogger(StuckApi.class);
    private static final int EXIT_CODE = 75;

    private final OutcomeConsumers consumers;

    StuckApi(OutcomeConsumers consumers) {
        this.consumers = consumers;
    }

    @Scheduled(every = "5s")
    void look() {
        consumers.look();
        if (consumers.isStuck()) {
            LOG.errorf(
                    "The API ends: a consumer was gone for %s and could not be made anew", OutcomeConsumers.PATIENCE);
            Quarkus.asyncExit(EXIT_CODE);
        }
    }
}
