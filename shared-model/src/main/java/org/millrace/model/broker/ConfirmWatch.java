package org.millrace.model.broker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Watches over what a service sends. A channel that has sent to a queue whose leader died is confirmed nothing any more,
 * also by the queue that was made in its place (seen with RabbitMQ 3.10), while everything else works; the connector does
 * not open another by itself. Safe for use by many threads.
 */
public final class ConfirmWatch {

    /** How long nothing at all may be confirmed. Two attempts at least fall into it, so one lost answer does not count. */
    public static final Duration PATIENCE = ConsumerWatch.PATIENCE;

    private static final int AT_LEAST = 2;

    private final Clock clock;
    private Instant since;
    private int count;
    private boolean stuck;

    /**
     * A watch over a service that has sent nothing yet.
     *
     * @param clock by which silence is measured
     */
    public ConfirmWatch(Clock clock) {
        this.clock = clock;
    }

    /** Something was confirmed. */
    public synchronized void confirmed() {
        since = null;
        count = 0;
        stuck = false;
    }

    /**
     * Something was not confirmed in time.
     *
     * @param begun when it was sent
     */
    public synchronized void unconfirmed(Instant begun) {
        if (since == null) {
            since = begun;
        }
        if (!begun.isBefore(since)) {
            count++;
        }
    }

    /**
     * Looks whether it has been silent for too long; to be called every few seconds.
     *
     * @param others whether the broker confirms to others now: one that is blocked or away confirms to nobody, a restart
     *     would not help, and silence counts from when that is over. Asked only while nothing is confirmed, and may take
     *     its time
     */
    public void look(BooleanSupplier others) {
        if (silentSince().isEmpty()) {
            return;
        }
        boolean confirming = others.getAsBoolean();
        synchronized (this) {
            if (since != null && !confirming) {
                since = clock.instant();
                count = 0;
            }
            stuck = since != null
                    && count >= AT_LEAST
                    && since.isBefore(clock.instant().minus(PATIENCE));
        }
    }

    /** Whether a restart would help. */
    public synchronized boolean isStuck() {
        return stuck;
    }

    /** Since when nothing has been confirmed that was sent; empty if the last was. */
    public synchronized Optional<Instant> silentSince() {
        return Optional.ofNullable(since);
    }
}
