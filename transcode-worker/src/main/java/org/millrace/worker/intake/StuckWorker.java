package org.millrace.worker.intake;

import io.quarkus.runtime.Quarkus;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/** Ends a worker that cannot be healed, so that whatever supervises it starts a new one. */
@ApplicationScoped
public class StuckWorker {

    private static final Logger LOG = Logger.getLogger(StuckWorker.class);
    private static final int EXIT_CODE = 75;

    private final TaskConsumers consumers;

    @Inject
    StuckWorker(TaskConsumers consumers) {
        this.consumers = consumers;
    }

    @Scheduled(every = "5s")
    void look() {
        consumers.look();
        if (consumers.isStuck()) {
            LOG.errorf(
                    "The worker ends: a consumer was gone for %s and could not be made anew", TaskConsumers.PATIENCE);
            Quarkus.asyncExit(EXIT_CODE);
        }
    }
}
