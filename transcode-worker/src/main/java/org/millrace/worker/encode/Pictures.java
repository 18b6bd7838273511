package org.millrace.worker.encode;

import java.time.Duration;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.VideoInput;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.ffmpeg.Orientation;
import org.millrace.worker.ffmpeg.SourceColour;
import org.millrace.worker.ffmpeg.SourcePicture;
import org.millrace.worker.ffmpeg.ToneMap;

/** Describes a source's picture to the converter's commands, from the facts that a task carries. */
public final class Pictures {

    private static final int HD_LINES = 720;
    private static final int HD_COLUMNS = 1280;

    private Pictures() {}

    /**
     * What the header says of a picture.
     *
     * @throws AttemptFailedException for a task of version 1, which does not carry it: such a video is planned anew
     */
    public static VideoTrack facts(VideoInput input) {
        if (input.facts() == null || input.container() == null) {
            throw new AttemptFailedException(FailureCode.INTERNAL, "The task is of a version without facts");
        }
        return input.facts();
    }

    /** The picture of a source. */
    public static SourcePicture of(VideoInput input) {
        VideoTrack track = facts(input);
        ColorFacts colour = track.color();
        return new SourcePicture(
                input.track(),
                time(input.startSeconds()),
                track.interlaced(),
                colour(track),
                isFullRange(track),
                new Orientation(track.rotation(), track.mirrored()),
                false,
                track.hasAlpha() && !Boolean.TRUE.equals(colour.premultiplied()),
                colour.peakNits() == null ? ToneMap.USUAL_PEAK : colour.peakNits());
    }

    /** Seconds as an exact time. */
    public static Duration time(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e6) * 1000);
    }

    /** Greys and JPEG's formats use all values unless somebody says otherwise. */
    private static boolean isFullRange(VideoTrack track) {
        if (track.color().range() != null) {
            return "pc".equals(track.color().range());
        }
        return track.pixelFormat() != null && track.pixelFormat().matches("(yuvj|gray|ya\\d).*");
    }

    private static SourceColour colour(VideoTrack track) {
        ColorFacts colour = track.color();
        if (colour.isHdr()) {
            return "arib-std-b67".equals(colour.transfer()) ? SourceColour.HLG : SourceColour.PQ;
        }
        if (isRgb(track.pixelFormat())) {
            return SourceColour.RGB;
        }
        if ("bt2020".equals(colour.primaries())) {
            return SourceColour.BT2020;
        }
        return switch (colour.matrix()) {
            case "bt709" -> SourceColour.BT709;
            case "smpte170m", "fcc" -> SourceColour.BT601_NTSC;
            case "bt470bg" -> SourceColour.BT601_PAL;
            case "smpte240m" -> SourceColour.SMPTE240M;
            case null, default -> bySize(track);
        };
    }

    private static SourceColour bySize(VideoTrack track) {
        if (track.width() >= HD_COLUMNS || track.height() >= HD_LINES) {
            return SourceColour.BT709;
        }
        return track.height() == 576 || track.height() == 288 ? SourceColour.BT601_PAL : SourceColour.BT601_NTSC;
    }

    private static boolean isRgb(String pixelFormat) {
        return pixelFormat != null
                && (pixelFormat.startsWith("rgb")
                        || pixelFormat.startsWith("bgr")
                        || pixelFormat.startsWith("gbr")
                        || pixelFormat.startsWith("argb")
                        || pixelFormat.startsWith("abgr")
                        || pixelFormat.startsWith("0rgb")
                        || pixelFormat.startsWith("0bgr")
                        || pixelFormat.startsWith("xyz")
                        || pixelFormat.equals("pal8"));
    }
}
