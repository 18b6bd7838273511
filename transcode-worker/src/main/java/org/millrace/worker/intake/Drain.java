package org.millrace.worker.intake;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.millrace.worker.attempt.StopReason;
import org.millrace.worker.report.Outcomes;

/**
 * The worker's orderly end: nothing new is begun, what can finish in time does, the rest is handed back at once so that
 * another worker need not wait for a lease.
 */
@ApplicationScoped
public class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration HAND_BACK = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);

    private final IntakeConfig config;
    private final Desk desk;
    private final Outcomes outcomes;

    @Inject
    Drain(IntakeConfig config, Desk desk, Outcomes outcomes) {
        this.config = config;
        this.desk = desk;
        this.outcomes = outcomes;
    }

    void drain(@Observes @Priority(1) ShutdownEvent ending) {
        endTasks();
        outcomes.close();
        awaitEnd(LAST_WORDS);
    }

    /** Ends all work; returns when it has ended, or cannot be waited for any longer. */
    void endTasks() {
        desk.closeForNew();
        if (!desk.tasks().isEmpty()) {
            LOG.infof("Ending with %d tasks taken on", desk.tasks().size());
        }
        stop(task -> remaining(task).compareTo(config.grace()) > 0);
        awaitEnd(config.grace());
        stop(task -> true);
        awaitEnd(HAND_BACK);
    }

    private void stop(Predicate<RunningTask> which) {
        desk.tasks().stream().filter(which).forEach(task -> task.stop(null, StopReason.DRAINED));
    }

    private Duration remaining(RunningTask task) {
        double left = 1 - task.fraction();
        return Duration.ofMillis((long) (desk.planned(task.offer()).toMillis() * left));
    }

    private void awaitEnd(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        try {
            while (!desk.tasks().isEmpty() && System.nanoTime() < until) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
