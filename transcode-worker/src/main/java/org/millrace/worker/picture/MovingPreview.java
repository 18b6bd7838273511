package org.millrace.worker.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.worker.ffmpeg.MovingPreviewCommand;

/**
 * What a moving preview is made of: the best moment of each quarter of a video, each the beginning of a fragment.
 *
 * @param fragments numbers of the fragments that are read, ascending
 * @param command what makes the film of them
 */
record MovingPreview(List<Integer> fragments, MovingPreviewCommand command) {

    private static final double SHORTEST_VIDEO = 4;
    private static final double SECONDS = 3.6;
    private static final int EXCERPTS = 4;
    private static final int WIDEST = 320;

    /** The preview of a rendition; empty if it is too short for one. */
    static Optional<MovingPreview> of(EncodedTrack track, Worths worths) {
        int count = Math.min(EXCERPTS, worths.fragments().size());
        if (track.seconds() < SHORTEST_VIDEO || count == 0) {
            return Optional.empty();
        }
        List<Integer> fragments = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        double seconds = SECONDS / count;
        double[] all = Tiles.starts(track);
        for (int quarter = 0; quarter < count; quarter++) {
            int tiles = worths.fragments().size();
            int number = worths.fragments().get(worths.best(quarter * tiles / count, (quarter + 1) * tiles / count));
            fragments.add(number);
            starts.add(all[number]);
            seconds = Math.min(seconds, length(track, number));
        }
        double scale = Math.min(1, (double) WIDEST / track.width());
        MovingPreviewCommand command = new MovingPreviewCommand(
                starts,
                seconds,
                framesPerSecond(track, fragments),
                even(track.width() * scale),
                even(track.height() * scale));
        return Optional.of(new MovingPreview(fragments, command));
    }

    private static double framesPerSecond(EncodedTrack track, List<Integer> fragments) {
        long samples = 0;
        long ticks = 0;
        for (int number : fragments) {
            Fragment fragment = track.fragments().get(number);
            samples += fragment.samples();
            ticks += fragment.duration();
        }
        return (double) samples * track.timescale() / Math.max(1, ticks);
    }

    private static double length(EncodedTrack track, int number) {
        return track.fragments().get(number).duration() / (double) track.timescale();
    }

    private static int even(double pixels) {
        return Math.max(2, (int) Math.round(pixels / 2) * 2);
    }
}
