package org.millrace.model.plan;

import org.millrace.model.ladder.Grid;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;

/** Where a chunk begins to read its source: at the key frame before its first frame, as exactly as the container allows. */
final class Seeking {

    /** Containers with an index: seeking there finds the very key frame that is asked for. */
    static boolean hasIndex(String container) {
        return container.contains("mp4") || container.equals("matroska,webm");
    }

    /** Without an index a demuxer searches and may come out late. */
    private static final double SEARCH_MARGIN = 1.5;

    /** Some demuxers step back by itself for streams whose frames are reordered; this lands on the key frame all the same. */
    private static final double REORDER = 0.25;

    /**
     * With key frames this close, as in cameras' files where every frame is one, a step beyond would land on a later one;
     * and frames are hardly reordered.
     */
    private static final double DENSE = 0.5;

    private static final double ROUNDING = 0.001;

    private Seeking() {}

    /**
     * The time stamp to begin at.
     *
     * @param frame first frame of the chunk
     * @return null to read from the start
     */
    static Double before(long frame, Grid grid, MediaFacts facts, VideoTrack picture, TrackIndex packets) {
        if (frame == 0) {
            return null;
        }
        double begins = facts.startSeconds() + grid.secondsAt(frame);
        // A deinterlacer looks at the frame before; and times of frames are rounded.
        double settled = begins - (picture.interlaced() ? 0.2 : 0) + 0.001;
        double key = packets.keyAt(settled).map(found -> found.seconds()).orElse(Double.NaN);
        if (Double.isNaN(key) || key <= packets.firstSeconds()) {
            return null;
        }
        if (!hasIndex(facts.container())) {
            double early = key - SEARCH_MARGIN;
            return early <= packets.firstSeconds() ? null : Double.valueOf(early);
        }
        if (isDense(packets)) {
            return key + ROUNDING;
        }
        double nextKey = packets.keys().stream()
                .mapToDouble(found -> found.seconds())
                .filter(seconds -> seconds > key)
                .findFirst()
                .orElse(packets.endSeconds());
        return key + Math.min(REORDER, (nextKey - key) / 2);
    }

    /**
     * The moment at or before which reading really begins, for a position that was asked for: a demuxer that steps back
     * may land on an earlier key frame where they are dense.
     */
    static double earliest(double seek, TrackIndex packets) {
        return isDense(packets) ? seek - REORDER : seek;
    }

    private static boolean isDense(TrackIndex packets) {
        return packets.keyFrames() > 0 && packets.spanSeconds() / packets.keyFrames() < DENSE;
    }
}
