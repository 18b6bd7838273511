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

    /** A source this much larger than the best standard size keeps its own size as the top rung. */
    private static final double OWN_SIZE_FROM = 1.2;

    /** Wider than this on the longer side, H.264 decoders in phones give up. */
    private static final int LONGEST_SIDE = 4096;

    /** Lowest rung that is worth watching; smaller ones exist only for sources that are smaller themselves. */
    private static final int START_LINES = 240;

    private Ladder() {}

    /**
     * The rungs for a picture, best first, never empty.
     *
     * @param width display width in square pixels, > 0
     * @param height display height in square pixels, > 0
     * @param framesPerSecond of the output; above 30 the rate caps grow by half
     * @param preset quality and caps
     */
    public static List<Rung> rungs(int width, int height, double framesPerSecond, Preset preset) {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("Not a picture size: " + width + "×" + height);
        }
        int shorter = Math.min(width, height);
        List<Rung> rungs = new ArrayList<>();
        for (int lines : LINES) {
            if (lines <= shorter) {
                Rung rung = rung(width, height, lines, framesPerSecond, preset);
                // Pictures of extreme shape meet the limit on the longer side with several rungs.
                if (rungs.isEmpty() || rung.pixels() < rungs.getLast().pixels()) {
                    rungs.add(rung);
                }
            }
        }
        boolean hasRoomAbove =
                rungs.isEmpty() || shorter > OWN_SIZE_FROM * rungs.getFirst().lines();
        Rung own = rung(width, height, shorter, framesPerSecond, preset);
        if (hasRoomAbove
                && shorter < LINES[0]
                && (rungs.isEmpty() || own.pixels() > rungs.getFirst().pixels())) {
            rungs.addFirst(own);
        }
        return List.copyOf(rungs);
    }

    /** The start rendition: the lowest useful rung, made first so that playing can begin. */
    public static Rung start(List<Rung> rungs) {
        return rungs.reversed().stream()
                .filter(rung -> rung.lines() >= START_LINES)
                .findFirst()
                .orElse(rungs.getFirst());
    }

    private static Rung rung(int width, int height, int lines, double framesPerSecond, Preset preset) {
        double scale =
                Math.min((double) lines / Math.min(width, height), (double) LONGEST_SIDE / Math.max(width, height));
        int rungWidth = even(width * scale);
        int rungHeight = even(height * scale);
        double fastMotion = framesPerSecond > 30.5 ? 1.5 : 1;
        int maxrate = (int) Math.round(maxrateKbit((long) rungWidth * rungHeight) * fastMotion * preset.cap());
        int level = Level.of(rungWidth, rungHeight, framesPerSecond, maxrate, 2 * maxrate);
        return new Rung(lines + "p", rungWidth, rungHeight, preset.crf(), maxrate, 2 * maxrate, level);
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
