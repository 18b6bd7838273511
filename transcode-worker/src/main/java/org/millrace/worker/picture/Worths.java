package org.millrace.worker.picture;

import java.util.List;
import org.millrace.model.task.EncodedTrack;

/**
 * What the pictures of a storyboard are worth as posters.
 *
 * @param fragments the number of each picture's fragment, ascending
 * @param seconds when each is shown
 * @param worths of each, 0 to 1
 */
record Worths(List<Integer> fragments, double[] seconds, double[] worths) {

    private static final double OPENING = 0.02;
    private static final double CREDITS = 0.9;

    /** Judges the pictures of a rendition; its first and its last ones have to be better to count as much. */
    static Worths of(List<GrayPicture> pictures, Tiles tiles, EncodedTrack track) {
        double[] starts = Tiles.starts(track);
        double[] seconds = new double[pictures.size()];
        double[] worths = new double[pictures.size()];
        for (int i = 0; i < worths.length; i++) {
            seconds[i] = starts[tiles.fragments().get(i)];
            double place = seconds[i] / Math.max(0.001, track.seconds());
            worths[i] = pictures.get(i).worth() * (place < OPENING ? 0.8 : place > CREDITS ? 0.6 : 1);
        }
        return new Worths(tiles.fragments(), seconds, worths);
    }

    /** When the best picture is shown. */
    double bestSeconds() {
        return seconds[best(0, worths.length)];
    }

    /** The best of some neighbours, from one index up to another. */
    int best(int from, int to) {
        int best = from;
        for (int i = from; i < to; i++) {
            if (worths[i] > worths[best]) {
                best = i;
            }
        }
        return best;
    }
}
