package org.millrace.model.ladder;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A chunk's place on the grid: the frames from one GOP boundary up to another.
 *
 * @param from first frame, a multiple of the GOP
 * @param to frame after the last, a multiple of the GOP unless this is the last span
 * @param last whether the span runs to the end of the source, however many frames that turns out to be
 */
public record Span(long from, long to, boolean last) {

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if the span ends before it begins
     */
    public Span {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("Not a span: " + from + ".." + to);
        }
    }

    /** Whether nothing is left to be made: every frame of it exists already. */
    @JsonIgnore
    public boolean isEmpty() {
        return from == to;
    }

    /** Planned number of frames. */
    public long frames() {
        return to - from;
    }
}
