package org.millrace.api.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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
import org.millrace.model.broker.ConfirmWatch;
import org.millrace.model.message.TaskOffer;

/**
 * Publishes one offer at a time and tells what became of it, within a bounded time. A message that the broker has not
 * confirmed may still arrive, and the next one may share its fate, so publishing pauses until that is known, or for a while.
 */
@ApplicationScoped
class Publication {

    private static final Logger LOG = Logger.getLogger(Publication.class);

    private final TaskPublisher publisher;
    private final TaskLedger tasks;
    private final Broker broker;
    private final DispatchConfig config;
    private final Clock clock;
    private final ConfirmWatch confirms;
    private final AtomicReference<Instant> pausedUntil = new AtomicReference<>(Instant.MIN);
    private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    Publication(TaskPublisher publisher, TaskLedger tasks, Broker broker, DispatchConfig config, Clock clock) {
        this.publisher = publisher;
        this.tasks = tasks;
        this.broker = broker;
        this.config = config;
        this.clock = clock;
        this.confirms = new ConfirmWatch(clock);
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

    /** Watches over the confirmations. */
    ConfirmWatch confirms() {
        return confirms;
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
        last = confirm;
        return await(offer, confirm);
    }

    /** What has not been confirmed went to a queue that is no more: its fate is known. */
    void on(@Observes BrokerForgot forgot) {
        last.completeExceptionally(new IllegalStateException("The broker has lost the queue"));
    }

    private Fate await(TaskOffer offer, CompletableFuture<Void> confirm) {
        Instant begun = clock.instant();
        try {
            confirm.get(config.confirmTimeout().toMillis(), TimeUnit.MILLISECONDS);
            confirms.confirmed();
            return Fate.PUBLISHED;
        } catch (ExecutionException e) {
            LOG.warnf("The broker refused task %s: %s", offer.task(), e.getCause());
            return Fate.REFUSED;
        } catch (TimeoutException e) {
            confirms.unconfirmed(begun);
            pausedUntil.set(clock.instant().plus(config.confirmTimeout()));
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
                confirms.confirmed();
                tasks.offered(List.of(offer));
            }
            pausedUntil.set(Instant.MIN);
        });
    }
}
