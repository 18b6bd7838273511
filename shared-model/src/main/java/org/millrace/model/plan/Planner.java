package org.millrace.model.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.millrace.model.ladder.FrameRates;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.task.Task;

/** Turns facts about a source into a plan: a pure function, so the same facts always give the same work. */
public final class Planner {

    /** More sound tracks than this are left out. */
    static final int MOST_SOUNDS = 8;

    /** A longer hole in the sound is a fault of its time stamps. */
    private static final double LONGEST_SILENCE = 10;

    /**
     * A video shorter than this is planned at once when all its packets are counted: its sound or its copy might be made in
     * one piece, while an opening makes the first minute.
     */
    private static final double SHORTEST_OPENING = 80;

    private Planner() {}

    /** Whether a source can be begun with before all of its packets are counted. */
    public static boolean canOpen(PlanRequest request) {
        Optional<VideoTrack> picture = request.picture();
        Double promised = request.facts().durationSeconds();
        if (picture.isEmpty()
                || promised == null
                || promised < SHORTEST_OPENING
                || request.limits().onePiece()) {
            return false;
        }
        TrackIndex packets = request.packetsOf(picture.get().index()).orElseThrow();
        Rational claimed = picture.get().averageRate();
        double measured = packets.packets() / Math.max(0.001, packets.spanSeconds());
        return claimed != null && Math.abs(claimed.value() / measured - 1) < 0.02 && packets.packets() > 24;
    }

    /** Whether there is anything to see or to hear. */
    public static boolean isPlannable(PlanRequest request) {
        return request.picture().isPresent() || !request.sounds().isEmpty();
    }

    /**
     * The plan of a video. Names are the same in the plan of the first seconds and in the whole one, so that what has
     * begun is not planned twice.
     *
     * @throws IllegalArgumentException if there is nothing to see and nothing to hear
     */
    public static Plan plan(PlanRequest request) {
        Optional<VideoTrack> picture = request.picture();
        if (!isPlannable(request)) {
            throw new IllegalArgumentException("The source has neither picture nor sound");
        }
        return picture.isPresent() ? new VideoPlan(request, picture.get()).make() : SoundPlan.of(request);
    }

    /**
     * The grid of a video: its frame rate and its length.
     *
     * @throws IllegalArgumentException if the source has no picture
     */
    public static Grid grid(PlanRequest request) {
        VideoTrack picture =
                request.picture().orElseThrow(() -> new IllegalArgumentException("The source has no picture"));
        TrackIndex packets = request.packetsOf(picture.index()).orElseThrow();
        Rational rate = request.rate() != null ? request.rate() : FrameRates.choose(picture, packets);
        return Grid.of(rate, Math.max(request.endOf(picture.index()), soundEnd(request)));
    }

    /**
     * Whether a plan of the first seconds still holds now that all packets are counted: it is the same grid, it loses no
     * frame, and the video does not end inside of what was planned.
     *
     * @param opening what was planned
     * @param request with all packets, for the rate of the opening
     */
    public static boolean holds(Plan opening, PlanRequest request) {
        VideoTrack picture = request.picture().orElse(null);
        if (picture == null) {
            return false;
        }
        double needed = FrameRates.choose(
                        picture, request.packetsOf(picture.index()).orElseThrow())
                .value();
        Plan whole = plan(request);
        return needed <= opening.grid().rate().value() * 1.02
                && Objects.equals(opening.copied(), whole.copied())
                && opening.tasks().stream()
                        .allMatch(task -> whole.task(task.name())
                                .map(PlannedTask::task)
                                .filter(planned -> isAlike(task.task(), planned))
                                .isPresent());
    }

    /** Whether two tasks make the same; the length of the video, which becomes known later, does not matter. */
    private static boolean isAlike(Task one, Task other) {
        return switch (one) {
            case Task.EncodeChunk mine ->
                other instanceof Task.EncodeChunk theirs
                        && mine.span().equals(theirs.span())
                        && mine.rungs().equals(theirs.rungs())
                        && Objects.equals(mine.seekSeconds(), theirs.seekSeconds());
            case Task.Preview mine -> other instanceof Task.Preview;
            default -> one.equals(other);
        };
    }

    /** Frames by which the last picture is held because the sound goes on after it. */
    static long holdFrames(PlanRequest request, VideoTrack picture, Grid grid) {
        Grid seen = Grid.of(grid.rate(), request.endOf(picture.index()));
        return Math.max(0, grid.frames() - seen.frames());
    }

    /** The rung whose bytes make the progressive MP4. */
    static Rung downloadRung(List<Rung> rungs) {
        return rungs.stream().filter(rung -> rung.lines() <= 720).findFirst().orElse(rungs.getLast());
    }

    /** Where the sound that is used ends; 0 if there is none, or if it has a hole that only a wrong clock explains. */
    private static double soundEnd(PlanRequest request) {
        return request.sounds().stream()
                .findFirst()
                .filter(track -> request.packetsOf(track.index()).orElseThrow().longestGapSeconds() <= LONGEST_SILENCE)
                .map(track -> request.endOf(track.index()))
                .orElse(0.0);
    }
}
