package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * One rendition an encode run makes.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param crf constant quality, 0 to 51, lower is better
 * @param maxrateKbit highest bit rate over the buffer
 * @param bufsizeKbit the buffer
 * @param level H.264 level times ten, for example 31
 */
public record RungSpec(int width, int height, int crf, int maxrateKbit, int bufsizeKbit, int level) {

    /** Checks sizes and rates. */
    public RungSpec {
        if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("A rung's sides are even: " + width + "x" + height);
        }
        if (crf < 0 || crf > 51 || maxrateKbit <= 0 || bufsizeKbit <= 0 || level < 10) {
            throw new IllegalArgumentException("Not a rate: " + crf + ", " + maxrateKbit + ", " + bufsizeKbit);
        }
    }

    /** Name of the file this rung is written to, for {@link Workspace#output}. */
    public String fileName() {
        return "v" + width + "x" + height + ".mp4";
    }

    /** The level as encoders name it, for example {@code 3.1}. */
    String levelText() {
        return level / 10 + "." + level % 10;
    }

    /** Name of the rung's pad in the filter graph. */
    String pad() {
        return "v" + width + "x" + height;
    }

    /** Codec options of the rung. */
    List<String> rate() {
        return List.of("-crf", Integer.toString(crf), "-maxrate", maxrateKbit + "k", "-bufsize", bufsizeKbit + "k");
    }
}
