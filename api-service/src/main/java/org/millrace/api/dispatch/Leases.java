package org.millrace.api.dispatch;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.AttemptLedger;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.ledger.TaskRow;
import org.millrace.model.message.Signal;

/**
 * Renews the leases of attempts that are heard of, in one write for all, and takes tasks from workers that have
 * fallen silent. While the broker is away silence means nothing, nor in the first lease after its return.
 */
@ApplicationScoped
class Leases {

    private static final Logger LOG = Logger.getLogger(Leases.class);

    private final ConcurrentMap<String, Double> heard = new ConcurrentHashMap<>();
    private final TaskLedger tasks;
    private final AttemptLedger attempts;
    private final Broker broker;
    private final DispatchConfig config;
    private final Clock clock;
    private volatile Instant startedAt;
    private volatile Instant renewedAt = Instant.MIN;

    Leases(TaskLedger tasks, AttemptLedger attempts, Broker broker, DispatchConfig config, Clock clock) {
        this.tasks = tasks;
        this.attempts = attempts;
        this.broker = broker;
        this.config = config;
        this.clock = clock;
    }

    void onStart(@Observes StartupEvent start) {
        startedAt = clock.instant();
    }

    void heard(Signal.Progress progress) {
        heard.put(progress.attempt().value(), Math.clamp(progress.fraction(), 0, 1));
    }

    /** Every third of a lease, so that two lost renewals do no harm. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keep() {
        Instant now = clock.instant();
        if (renewedAt.isBefore(now.minus(config.lease().dividedBy(3)))) {
            renewedAt = now;
            Map<String, Double> batch = new HashMap<>(heard);
            batch.keySet().forEach(heard::remove);
            tasks.renewLeases(batch, config.lease(), config.longestAttempt());
        }
        if (silenceMeansLoss(now)) {
            for (TaskRow task : tasks.expired()) {
                LOG.warnf("Worker %s has not been heard of; its task %s goes to another", task.workerId, task.id);
                attempts.lost(task);
            }
        }
    }

    private boolean silenceMeansLoss(Instant now) {
        Instant start = startedAt;
        boolean longEnoughUp = start != null && start.plus(config.lease()).isBefore(now);
        if (config.transport() == DispatchConfig.Transport.MEMORY) {
            return longEnoughUp;
        }
        return longEnoughUp
                && broker.reachableSince()
                        .map(since -> since.plus(config.lease()).isBefore(now))
                        .orElse(false);
    }
}
