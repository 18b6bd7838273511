package org.millrace.model.plan;

import java.util.ArrayList;
import java.util.List;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Preset;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.model.task.Urgency;

/**
 * Tasks that make the start rendition of a chunk ahead of the others, with the ladder's own arguments, so that its
 * fragments are final and the chunk itself need not make them again. They are short, because everybody's first picture
 * waits in the same lane.
 */
public final class Leads {

    private static final double MOST_WEIGHT = 2.5;
    private static final String PREFIX = "lead-";

    private Leads() {}

    /**
     * The tasks for one chunk.
     *
     * @param chunk the task that makes all renditions of the chunk
     * @param start the rung to make
     * @param urgency of the first of them
     * @param facts of the source
     * @param packets of its picture
     */
    public static List<PlannedTask> of(
            Task.EncodeChunk chunk, Rung start, Urgency urgency, MediaFacts facts, TrackIndex packets) {
        Grid grid = chunk.grid();
        VideoTrack picture = chunk.video().facts();
        long step = step(picture, grid, start, chunk.preset());
        List<PlannedTask> tasks = new ArrayList<>();
        long from = chunk.span().from();
        while (from < chunk.span().to()) {
            long to = Math.min(from + step, chunk.span().to());
            boolean tooShort = chunk.span().to() - to < grid.gopFrames();
            long end = tooShort ? chunk.span().to() : to;
            Span span = new Span(
                    from, end, chunk.span().last() && end == chunk.span().to());
            Double seek = Seeking.before(from, grid, facts, picture, packets);
            Task.EncodeChunk task = new Task.EncodeChunk(
                    chunk.source(),
                    span.last() ? chunk.video() : chunk.video().withoutHold(),
                    grid,
                    span,
                    List.of(start),
                    chunk.set(),
                    chunk.preset(),
                    seek,
                    true,
                    Windows.of(span, grid, facts, packets, seek));
            tasks.add(new PlannedTask(
                    name(from, grid),
                    List.of(),
                    Lane.FAST,
                    tasks.isEmpty() ? urgency : Urgency.FOLLOW,
                    Weights.chunk(picture, grid, span, List.of(start), chunk.preset()),
                    task));
            from = end;
        }
        return List.copyOf(tasks);
    }

    /** Whether a task of this name makes the start rendition ahead. */
    public static boolean isLead(String name) {
        return name.startsWith(PREFIX);
    }

    /** Name of the task that begins at a frame. */
    static String name(long frame, Grid grid) {
        return PREFIX + frame / grid.gopFrames();
    }

    /** Frames of one task: whole GOPs that take a few seconds to make. */
    private static long step(VideoTrack picture, Grid grid, Rung start, Preset preset) {
        double perGop = Weights.chunk(picture, grid, new Span(0, grid.gopFrames(), false), List.of(start), preset)
                - Weights.chunk(picture, grid, new Span(0, 1, false), List.of(start), preset);
        return Math.max(1, (long) (MOST_WEIGHT / Math.max(perGop, 0.01))) * grid.gopFrames();
    }
}
