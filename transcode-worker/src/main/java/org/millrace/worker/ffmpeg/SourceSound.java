package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The audio stream of a source, as far as encoding must know it.
 *
 * @param stream number of the stream in the file
 * @param start timestamp in the file that becomes zero, the same as for the picture
 * @param sourceChannels channels that the source has; 0 if unknown
 * @param channels 1 or 2; more are mixed down
 */
public record SourceSound(int stream, Duration start, int sourceChannels, int channels) {

    /** What every browser plays without converting it again. */
    static final int SAMPLE_RATE = 48_000;

    /** More channels than this have no agreed places in a room; the first two of them are taken. */
    private static final int MOST_PLACED = 8;

    /** Checks stream and channels. */
    public SourceSound {
        if (stream < 0 || channels < 1 || channels > 2) {
            throw new IllegalArgumentException("Not a sound");
        }
    }

    /** The stream as maps name it. */
    String address() {
        return "0:" + stream;
    }

    /**
     * Filters that every use of the sound begins with: it begins at zero, gaps are silence, and what is mixed down keeps
     * its dialogue: a mix that could not clip at all would make the centre a quarter as loud.
     */
    List<Filter> cleaned() {
        List<Filter> filters = new ArrayList<>();
        filters.add(Filter.startingAt("asetpts", start));
        if (sourceChannels > MOST_PLACED) {
            filters.add(Filter.of("pan", "", channels == 1 ? "mono|c0=c0" : "stereo|c0=c0|c1=c1"));
        }
        filters.add(Filter.of("aresample", "", Integer.toString(SAMPLE_RATE), "async", "1", "first_pts", "0"));
        filters.add(Filter.of("aformat", "sample_fmts", "fltp", "channel_layouts", channels == 1 ? "mono" : "stereo"));
        return filters;
    }

    /** Whether channels are added to each other, so that the sum may be too loud. */
    boolean isMixed() {
        return sourceChannels > channels && sourceChannels <= MOST_PLACED;
    }
}
