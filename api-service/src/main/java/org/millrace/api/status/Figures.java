package org.millrace.api.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Figures that are read again only when they have grown old, so that a scrape costs the same whoever scrapes and
 * however often.
 *
 * @param <T> an immutable value
 */
final class Figures<T> {

    private final Supplier<T> source;
    private final Duration fresh;
    private final Clock clock;
    private T value;
    private Instant readAt = Instant.MIN;

    /**
     * Figures of a source.
     *
     * @param source reads them; an exception of its comes out of {@link #get} and leaves the old ones in place
     * @param fresh how long they count as new
     */
    Figures(Supplier<T> source, Duration fresh, Clock clock) {
        this.source = source;
        this.fresh = fresh;
        this.clock = clock;
    }

    /** The figures, at most as old as promised. */
    synchronized T get() {
        Instant now = clock.instant();
        if (readAt.plus(fresh).isBefore(now)) {
            value = source.get();
            readAt = now;
        }
        return value;
    }
}
