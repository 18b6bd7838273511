package org.millrace.model.plan;

import java.util.ArrayList;
import java.util.List;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.TrackIndex;

/**
 * Cuts a grid into chunks: short ones first, so that something can be played soon, then long ones, which waste little. A
 * chunk has to decode from the key frame before it; a boundary is moved to where that is near.
 */
final class Chunks {

    /** Seconds of the first chunks: with them a video begins. */
    static final List<Integer> RAMP = List.of(4, 8, 16);

    private static final int USUAL_SECONDS = 24;

    /** Decoding what is thrown away should stay below this share of a chunk. */
    private static final int KEY_GAPS_PER_CHUNK = 4;

    private Chunks() {}

    /**
     * Spans that cover the grid in order, without a gap, each but the last of whole GOPs.
     *
     * @param picture counted packets of the picture
     * @param startSeconds the file's first time stamp
     */
    static List<Span> of(Grid grid, TrackIndex picture, double startSeconds) {
        List<Span> spans = new ArrayList<>();
        long from = 0;
        while (from < grid.frames()) {
            long to = spans.size() < RAMP.size()
                    ? from + RAMP.get(spans.size()) / 2L * grid.gopFrames()
                    : boundary(grid, picture, startSeconds, from);
            // A chunk of less than a GOP would have another init segment: its predecessor takes it along.
            boolean last = grid.frames() - to < Math.max(grid.gopFrames(), (to - from) / 3);
            long end = last ? grid.frames() : to;
            spans.add(new Span(from, end, last));
            from = end;
        }
        return List.copyOf(spans);
    }

    /**
     * The first chunks of a video whose end is not known yet: those for which enough packets are counted.
     *
     * @param countedSeconds how far, on the output's time line, packets are counted
     */
    static List<Span> opening(Grid grid, double countedSeconds) {
        List<Span> spans = new ArrayList<>();
        long from = 0;
        for (int seconds : RAMP) {
            long to = from + seconds / 2L * grid.gopFrames();
            if (grid.secondsAt(to) > countedSeconds) {
                break;
            }
            spans.add(new Span(from, to, false));
            from = to;
        }
        return List.copyOf(spans);
    }

    /** The GOP boundary, at about the usual distance, behind which least has to be decoded in vain. */
    private static long boundary(Grid grid, TrackIndex picture, double startSeconds, long from) {
        double keyGap = picture.longestKeyGapSeconds() == null ? 0 : picture.longestKeyGapSeconds();
        long usual = gops(Math.max(USUAL_SECONDS, KEY_GAPS_PER_CHUNK * keyGap));
        long best = usual;
        double least = Double.MAX_VALUE;
        for (long length = usual * 2 / 3; length <= usual * 4 / 3; length++) {
            double begins = startSeconds + grid.secondsAt(from + length * grid.gopFrames());
            double waste = picture.keyAt(begins + 0.001)
                    .map(key -> begins - key.seconds())
                    .orElse(0.0);
            // Of equal ones the one nearest to the usual length.
            double cost = waste + 0.01 * Math.abs(length - usual);
            if (cost < least) {
                least = cost;
                best = length;
            }
        }
        return from + best * grid.gopFrames();
    }

    private static long gops(double seconds) {
        return Math.max(1, Math.round(seconds / Grid.GOP_SECONDS));
    }
}
