package org.millrace.model.plan;

import java.util.List;
import java.util.Map;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Preset;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.VideoTrack;

/**
 * Expected work in CPU seconds, from measurements on one machine: right in proportion, which is what progress, turns and
 * forecasts need; the measured speed of the installation makes seconds of it.
 */
final class Weights {

    /** Starting and checking a run. */
    private static final double RUN = 0.2;

    private static final double ENCODE_MEGAPIXEL = 0.0155;
    private static final double DECODE_MEGAPIXEL = 0.005;
    private static final double AUDIO_SECOND = 0.012;
    private static final double COPIED_SECOND = 0.004;

    /** How much harder than H.264 a codec is to decode. */
    private static final Map<String, Double> CODECS =
            Map.of("hevc", 1.6, "av1", 1.6, "vp9", 1.3, "prores", 2.2, "vvc", 3.0, "mpeg2video", 0.8);

    private Weights() {}

    /** Decoding so many seconds of a picture. */
    static double decode(VideoTrack picture, Grid grid, double seconds) {
        double megapixels = picture.pixels() / 1e6 * grid.rate().value() * seconds;
        boolean deep = picture.pixelFormat() != null && picture.pixelFormat().matches(".*1[0-6](le|be)");
        return DECODE_MEGAPIXEL * megapixels * CODECS.getOrDefault(picture.codec(), 1.0) * (deep ? 1.3 : 1);
    }

    /** Encoding a span into rungs, decoding and verification included. */
    static double chunk(VideoTrack picture, Grid grid, Span span, List<Rung> rungs, Preset preset) {
        double megapixels = rungs.stream().mapToLong(Rung::pixels).sum() / 1e6 * span.frames();
        double decode = decode(picture, grid, grid.secondsAt(span.frames()));
        return RUN + decode + ENCODE_MEGAPIXEL * preset.effort() * megapixels;
    }

    /** Decoding and encoding so many seconds of sound. */
    static double audio(double seconds) {
        return RUN + AUDIO_SECOND * seconds;
    }

    /** Copying so many seconds of picture. */
    static double copy(double seconds) {
        return RUN + COPIED_SECOND * seconds;
    }

    /** Joining, hashing or packing so many seconds. */
    static double join(double seconds) {
        return RUN + COPIED_SECOND * seconds;
    }
}
