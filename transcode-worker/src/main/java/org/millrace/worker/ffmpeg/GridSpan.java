package org.millrace.worker.ffmpeg;

import java.util.OptionalLong;

/**
 * A run of whole GOPs on the output's grid of frames.
 *
 * @param rateNumerator frames per {@code rateDenominator} seconds
 * @param rateDenominator see above
 * @param gopFrames frames in a GOP
 * @param firstFrame number of the first frame; a multiple of {@code gopFrames}
 * @param holdFrames frames by which the last picture is held after the end of the source
 * @param endFrame number of the frame after the last one, a multiple of {@code gopFrames}; empty means to the end of
 *     the source
 */
public record GridSpan(
        int rateNumerator,
        int rateDenominator,
        int gopFrames,
        long firstFrame,
        long holdFrames,
        OptionalLong endFrame) {

    private static final long USUAL_TIMESCALE = 90_000;
    private static final int LEAST_TIMESCALE = 10_000;

    /** Checks that the span begins and ends between GOPs and is not empty. */
    public GridSpan {
        if (rateNumerator <= 0 || rateDenominator <= 0 || gopFrames <= 0 || firstFrame < 0 || holdFrames < 0) {
            throw new IllegalArgumentException("Not a frame grid");
        }
        if (firstFrame % gopFrames != 0
                || (endFrame.isPresent()
                        && (endFrame.getAsLong() % gopFrames != 0 || endFrame.getAsLong() <= firstFrame))) {
            throw new IllegalArgumentException("A span holds whole GOPs, at least one");
        }
    }

    /** When a frame is shown, in seconds from the start of the output. */
    double secondsAt(long frame) {
        return frame * (double) rateDenominator / rateNumerator;
    }

    /** Frames per second as ffmpeg takes it. */
    String rate() {
        return rateNumerator + "/" + rateDenominator;
    }

    /**
     * Ticks per second in which every frame lasts a whole number of them. Otherwise rounding would make the delay of the
     * first frame, which is part of the init segment, depend on where the span lies.
     */
    int timescale() {
        if (USUAL_TIMESCALE * rateDenominator % rateNumerator == 0) {
            return (int) USUAL_TIMESCALE;
        }
        return rateNumerator * Math.max(1, Math.ceilDiv(LEAST_TIMESCALE, rateNumerator));
    }

    /** Seconds per frame as ffmpeg takes it. */
    String frameTime() {
        return rateDenominator + "/" + rateNumerator;
    }

    /** Number that the span's first fragment carries in the whole track; the first one is 1. */
    long firstFragment() {
        return firstFrame / gopFrames + 1;
    }
}
