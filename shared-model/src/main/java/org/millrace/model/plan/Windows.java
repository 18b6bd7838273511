package org.millrace.model.plan;

import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.KeyFrame;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Reach;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.task.ByteWindow;

/** Which bytes of its source a chunk needs: those from the key frame before it to a little after its end. */
final class Windows {

    /** Media by which a demuxer recognises the tracks of a file. */
    private static final double HEAD_SECONDS = 2;

    /** What a demuxer and the threads of a decoder read ahead of the picture that is wanted. */
    private static final double AHEAD_SECONDS = 0.5;

    private static final int AHEAD_FRAMES = 24;

    private Windows() {}

    /**
     * The window of a chunk.
     *
     * @param seekSeconds where it begins to read; null from the start
     * @param packets of its picture
     * @return null if it is not known, so that the whole source is needed
     */
    static ByteWindow of(Span span, Grid grid, MediaFacts facts, TrackIndex packets, Double seekSeconds) {
        Reach reach = packets.reach();
        if (reach == null || !Seeking.hasIndex(facts.container())) {
            return null;
        }
        long from = seekSeconds == null
                ? 0
                : packets.keyAt(Seeking.earliest(seekSeconds, packets))
                        .map(KeyFrame::position)
                        .orElse(0L);
        if (from < 0) {
            return null;
        }
        double ahead = Math.max(AHEAD_SECONDS, grid.secondsAt(AHEAD_FRAMES));
        double end = facts.startSeconds() + grid.secondsAt(span.to()) + ahead;
        long to = span.last() ? facts.sizeBytes() : reach.endAt(end, facts.sizeBytes());
        long head = reach.endAt(packets.firstSeconds() + HEAD_SECONDS, facts.sizeBytes());
        return new ByteWindow(head, from, Math.max(from, to));
    }
}
