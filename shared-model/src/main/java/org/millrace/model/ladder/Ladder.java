package org.millrace.model.ladder;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the renditions of a video. The rungs are the standard sizes by the shorter side, so that portrait video
 * gets the same quality as landscape; a video is never scaled up.
 */
public final class Ladder {

    private static final int[] LINES = {2160, 1440, 1080, 720, 480, 360, 240};
    private static final int[] MAXRATE_KBIT = {16000, 9000, 5000, 2800, 1400, 800, 400};
    private static final int CRF = 23;

    /** A source this much larger than the best standard size keeps its own size as the top rung. */
    private static final double OWN_SIZE_FROM = 1.2;

    /** Wider than this on the longer side, H.264 decoders in phones give up. */
    private static final int LONGEST_SIDE = 4096;

    private Ladder() {}

    /**
     * The rungs for a picture, best first, never empty.
     *
     * @param width display width in square pixels, > 0
     * @param height display height in square pixels, > 0
     * @param framesPerSecond of the output; above 30 the rate caps grow by half
     */
    public static List<Rung> rungs(int width, int height, double framesPerSecond) {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("Not a picture size: " + width + "×" + height);
        }
        int shorter = Math.min(width, height);
        List<Rung> rungs = new ArrayList<>();
        for (int lines : LINES) {
            if (lines <= shorter) {
                rungs.add(rung(width, height, lines, framesPerSecond));
            }
        }
        boolean hasRoomAbove = rungs.isEmpty() || shorter > OWN_SIZE_FROM * shorterSide(rungs.get(0));
        if (hasRoomAbove && shorter < LINES[0]) {
            rungs.add(0, rung(width, height, shorter, framesPerSecond));
        }
        return List.copyOf(rungs);
    }

    private static int shorterSide(Rung rung) {
        return Math.min(rung.width(), rung.height());
    }

    private static Rung rung(int width, int height, int lines, double framesPerSecond) {
        double scale =
                Math.min((double) lines / Math.min(width, height), (double) LONGEST_SIDE / Math.max(width, height));
        int rungWidth = even(width * scale);
        int rungHeight = even(height * scale);
        double fastMotion = framesPerSecond > 30.5 ? 1.5 : 1;
        int maxrate = (int) Math.round(maxrateKbit((long) rungWidth * rungHeight) * fastMotion);
        return new Rung(lines + "p", rungWidth, rungHeight, CRF, maxrate, 2 * maxrate);
    }

    private static int even(double pixels) {
        return Math.max(2, (int) Math.round(pixels / 2) * 2);
    }

    /** Between two standard sizes of 16:9 the cap is interpolated by the number of pixels. */
    private static double maxrateKbit(long pixels) {
        double previousPixels = 0;
        double previousRate = 60;
        for (int i = LINES.length - 1; i >= 0; i--) {
            double standardPixels = LINES[i] * LINES[i] * 16.0 / 9;
            if (pixels <= standardPixels) {
                double share = (pixels - previousPixels) / (standardPixels - previousPixels);
                return previousRate + share * (MAXRATE_KBIT[i] - previousRate);
            }
            previousPixels = standardPixels;
            previousRate = MAXRATE_KBIT[i];
        }
        return previousRate;
    }
}
