package org.millrace.api.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.model.message.TaskOffer;

/**
 * Publishes one offer at a time and tells what became of it, within a bounded time. A message that the broker has not
 * confirmed may still arrive, so publishing pauses until its fate is known or its reservation has lapsed.
 */
@ApplicationScoped
class Publication {

    private static final Logger LOG = Logger.getLogger(Publication.class);

    private final TaskPublisher publisher;
    private final TaskLedger tasks;
    private final Broker broker;
    private final DispatchConfig config;
    private final Clock clock;
    private final AtomicReference<Instant> pausedUntil = new AtomicReference<>(Instant.MIN);

    Publication(TaskPublisher publisher, TaskLedger tasks, Broker broker, DispatchConfig config, Clock clock) {
        this.publisher = publisher;
        this.tasks = tasks;
        this.broker = broker;
        this.config = config;
        this.clock = clock;
    }

    /** What became of a publication. */
    enum Fate {
        /** The broker has it, or the worker in this process. */
        PUBLISHED,
        /** Nobody has it. */
        REFUSED,
        /** It may be anywhere. */
        UNKNOWN
    }

    /** Whether publishing makes sense now. */
    boolean isOpen() {
        return broker.isReachable() && !clock.instant().isBefore(pausedUntil.get());
    }

    /** Since when the broker has been reachable without a break; empty if it is not. */
    Optional<Instant> reachableSince() {
        return broker.reachableSince();
    }

    /** Publishes an offer. What is published has to be noted in the ledger, but for what settles later. */
    Fate publish(TaskOffer offer) {
        CompletableFuture<Void> confirm;
        try {
            confirm = publisher.publish(offer).toCompletableFuture();
        } catch (IllegalStateException e) {
            LOG.debugf("The emitter took no further task: %s", e.getMessage());
            return Fate.REFUSED;
        }
        if (config.transport() == DispatchConfig.Transport.MEMORY) {
            return Fate.PUBLISHED;
        }
        return await(offer, confirm);
    }

    private Fate await(TaskOffer offer, CompletableFuture<Void> confirm) {
        try {
            confirm.get(config.confirmTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return Fate.PUBLISHED;
        } catch (ExecutionException e) {
            LOG.warnf("The broker refused task %s: %s", offer.task(), e.getCause());
            return Fate.REFUSED;
        } catch (TimeoutException e) {
            pausedUntil.set(clock.instant().plus(config.lease()));
            confirm.whenComplete((ok, failure) -> settle(offer, failure));
            return Fate.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Fate.UNKNOWN;
        }
    }

    /** A confirmation that came late after all; not on this thread, which may be the client's event loop. */
    private void settle(TaskOffer offer, Throwable failure) {
        Thread.startVirtualThread(() -> {
            if (failure == null) {
                tasks.offered(List.of(offer));
            }
            pausedUntil.set(Instant.MIN);
        });
    }
}
