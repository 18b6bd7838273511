package org.millrace.worker.picture;

import java.util.ArrayList;
import java.util.List;
import org.millrace.model.task.EncodedTrack;

/**
 * Which key frames of a rendition make up its storyboard. Every fragment of a rendition begins with one.
 *
 * @param intervalSeconds time from one tile to the next
 * @param fragments for each tile the number of the fragment whose key frame it shows, strictly ascending
 * @param width of a tile in pixels, even
 * @param height of a tile in pixels, even
 */
record Tiles(double intervalSeconds, List<Integer> fragments, int width, int height) {

    private static final int MOST = 144;
    private static final int MOST_COLUMNS = 12;
    private static final int LONGEST_SIDE = 160;
    private static final int[] INTERVALS = {2, 4, 10, 20, 30, 60, 120, 300, 600, 1200, 3600};

    Tiles {
        fragments = List.copyOf(fragments);
    }

    /** The storyboard of a rendition. */
    static Tiles of(EncodedTrack track) {
        double scale = (double) LONGEST_SIDE / Math.max(track.width(), track.height());
        int width = even(track.width() * Math.min(1, scale));
        int height = even(track.height() * Math.min(1, scale));
        double[] starts = starts(track);
        for (int interval : INTERVALS) {
            List<Integer> chosen = nearest(starts, track.seconds(), interval);
            if (chosen.size() <= MOST && isAscending(chosen)) {
                return new Tiles(interval, chosen, width, height);
            }
        }
        return new Tiles(track.seconds(), List.of(0), width, height);
    }

    int columns() {
        return Math.min(MOST_COLUMNS, fragments.size());
    }

    int rows() {
        return (fragments.size() + columns() - 1) / columns();
    }

    /** When the fragments of a rendition begin, in seconds of the video. */
    static double[] starts(EncodedTrack track) {
        double[] starts = new double[track.fragments().size()];
        long ticks = track.startTicks();
        for (int i = 0; i < starts.length; i++) {
            starts[i] = ticks / (double) track.timescale();
            ticks += track.fragments().get(i).duration();
        }
        return starts;
    }

    private static List<Integer> nearest(double[] starts, double seconds, int interval) {
        List<Integer> chosen = new ArrayList<>();
        int at = 0;
        // A last tile that could only repeat the one before is left out.
        double end = Math.min(seconds, starts[starts.length - 1] + interval / 2.0);
        for (double time = 0; time < end && chosen.size() <= MOST; time += interval) {
            while (at + 1 < starts.length && Math.abs(starts[at + 1] - time) <= Math.abs(starts[at] - time)) {
                at++;
            }
            chosen.add(at);
        }
        return chosen;
    }

    private static boolean isAscending(List<Integer> numbers) {
        for (int i = 1; i < numbers.size(); i++) {
            if (numbers.get(i) <= numbers.get(i - 1)) {
                return false;
            }
        }
        return true;
    }

    private static int even(double pixels) {
        return Math.max(2, (int) Math.round(pixels / 2) * 2);
    }
}
