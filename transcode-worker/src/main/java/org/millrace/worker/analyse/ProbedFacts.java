package org.millrace.worker.analyse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.SubtitleTrack;
import org.millrace.model.media.VideoTrack;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeStream;
import org.millrace.worker.ffmpeg.Ratio;

/** Turns ffprobe's words into the model's facts. */
final class ProbedFacts {

    private static final Set<String> INTERLACED = Set.of("tt", "bb", "tb", "bt");

    /** Pixels that are longer or higher than this many times are a mistake of the file. */
    private static final double ODDEST_PIXEL = 8;

    private ProbedFacts() {}

    /**
     * The facts of a file.
     *
     * @param sizeBytes its length
     * @param whole whether its structure proves that it was not cut off
     */
    static MediaFacts of(Probe probe, long sizeBytes, boolean whole) {
        List<VideoTrack> video = new ArrayList<>();
        List<AudioTrack> audio = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<SubtitleTrack> subtitles = new ArrayList<>();
        for (ProbeStream stream : probe.streams()) {
            switch (stream.type()) {
                case "video" -> video.add(video(stream));
                case "audio" -> audio.add(audio(stream));
                case "subtitle" -> {
                    if (stream.codec() != null) {
                        subtitles.add(subtitle(stream));
                    }
                }
                default -> others.add(stream.codec() == null ? stream.type() : stream.codec());
            }
        }
        return new MediaFacts(
                probe.format().names(),
                sizeBytes,
                seconds(probe.format().start(), 0),
                secondsOrNull(probe.format().duration()),
                video,
                audio,
                others,
                probe.isEncrypted(),
                whole,
                subtitles);
    }

    private static VideoTrack video(ProbeStream stream) {
        Rational aspect = rational(stream.sampleAspect());
        boolean odd = aspect == null || aspect.value() > ODDEST_PIXEL || aspect.value() < 1 / ODDEST_PIXEL;
        return new VideoTrack(
                stream.index(),
                stream.codec() == null ? "unknown" : stream.codec(),
                stream.profile(),
                stream.pixelFormat(),
                stream.width() == null ? 0 : stream.width(),
                stream.height() == null ? 0 : stream.height(),
                odd ? Rational.ONE : aspect,
                clockwise(stream.rotation()),
                rational(stream.averageRate()),
                rational(stream.rate()),
                seconds(stream.start(), 0),
                secondsOrNull(stream.duration()),
                new ColorFacts(
                        stream.colourPrimaries(), stream.colourTransfer(), stream.colourSpace(), stream.colourRange()),
                stream.fieldOrder() != null && INTERLACED.contains(stream.fieldOrder()),
                !stream.isPicture(),
                stream.level() == null || stream.level() <= 0 ? null : stream.level(),
                stream.mirrored(),
                stream.dolbyVisionProfile());
    }

    private static AudioTrack audio(ProbeStream stream) {
        return new AudioTrack(
                stream.index(),
                stream.codec(),
                stream.channels() == null ? 0 : stream.channels(),
                stream.sampleRate() == null ? 0 : stream.sampleRate(),
                bounded(stream.tags().get("language"), 16),
                bounded(stream.tags().get("title"), 200),
                seconds(stream.start(), 0),
                stream.dispositions().contains("default"));
    }

    private static SubtitleTrack subtitle(ProbeStream stream) {
        return new SubtitleTrack(
                stream.index(),
                stream.codec(),
                bounded(stream.tags().get("language"), 16),
                bounded(stream.tags().get("title"), 200),
                stream.dispositions().contains("forced"),
                stream.dispositions().contains("default"));
    }

    /** Players turn by quarters only; ffprobe counts against the clock. */
    private static int clockwise(int counterClockwise) {
        return Math.floorMod(Math.round(-counterClockwise / 90f) * 90, 360);
    }

    private static Rational rational(Ratio ratio) {
        return ratio == null ? null : new Rational(ratio.numerator(), ratio.denominator());
    }

    private static double seconds(Duration time, double unknown) {
        return time == null ? unknown : time.toNanos() / 1e9;
    }

    private static Double secondsOrNull(Duration time) {
        return time == null ? null : Double.valueOf(time.toNanos() / 1e9);
    }

    private static String bounded(String text, int length) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return text.length() <= length ? text : text.substring(0, length);
    }
}
