package org.millrace.model.ladder;

import org.millrace.model.media.Rational;

/**
 * The output's frames, numbered from 0 at the start of the file, GOP by GOP. Every rendition of a video has the same
 * grid, which is why a player can switch between them at every GOP.
 *
 * @param rate output frames per second
 * @param gopFrames frames of a GOP: two seconds
 * @param frames planned number of frames; the encoder may make one more or fewer at the end
 */
public record Grid(Rational rate, int gopFrames, long frames) {

    /** Seconds between two key frames. */
    public static final double GOP_SECONDS = 2;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the grid has no frames
     */
    public Grid {
        if (rate.num() == 0 || gopFrames < 1 || frames < 1) {
            throw new IllegalArgumentException("A grid needs frames");
        }
    }

    /** The grid of a video that ends at the given second of the output. */
    public static Grid of(Rational rate, double endSeconds) {
        int gop = (int) Math.max(1, Math.round(rate.value() * GOP_SECONDS));
        return new Grid(rate, gop, Math.max(1, Math.round(endSeconds * rate.value())));
    }

    /** The whole grid as one span. */
    public Span whole() {
        return new Span(0, frames, true);
    }

    /** When a frame is shown, in seconds from the start of the output. */
    public double secondsAt(long frame) {
        return frame * (double) rate.den() / rate.num();
    }

    /** Length of the output in seconds. */
    public double seconds() {
        return secondsAt(frames);
    }
}
