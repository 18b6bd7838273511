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

    /** Frames per second as ffmpeg takes it. */
    String rate() {
        return rateNumerator + "/" + rateDenominator;
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
