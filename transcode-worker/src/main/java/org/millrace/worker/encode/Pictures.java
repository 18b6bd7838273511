package org.millrace.worker.encode;

import java.time.Duration;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.VideoInput;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeStream;
import org.millrace.worker.ffmpeg.SourceColour;
import org.millrace.worker.ffmpeg.SourcePicture;

/** Describes a source's picture to the converter's commands. */
final class Pictures {

    private static final int HD_LINES = 720;
    private static final int HD_COLUMNS = 1280;

    private Pictures() {}

    /** The stream of a number. */
    static ProbeStream stream(Probe probe, int index) {
        return probe.streams().stream()
                .filter(stream -> stream.index() == index)
                .findFirst()
                .orElseThrow(() -> new AttemptFailedException(
                        FailureCode.DECODE_FAILED, "The source has no track " + index + " any more"));
    }

    /**
     * The picture of a stream.
     *
     * @param start time stamp in the file that becomes zero
     */
    static SourcePicture of(ProbeStream stream, VideoInput input, Duration start) {
        boolean fullRange = "pc".equals(stream.colourRange())
                || (stream.pixelFormat() != null && stream.pixelFormat().startsWith("yuvj"));
        return new SourcePicture(stream.index(), start, input.deinterlace(), colour(stream, input), fullRange);
    }

    /** Seconds as an exact time. */
    static Duration time(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e6) * 1000);
    }

    private static SourceColour colour(ProbeStream stream, VideoInput input) {
        if (isRgb(stream.pixelFormat())) {
            return SourceColour.RGB;
        }
        if (input.toneMap()) {
            return "arib-std-b67".equals(stream.colourTransfer()) ? SourceColour.HLG : SourceColour.PQ;
        }
        if ("bt2020".equals(stream.colourPrimaries())) {
            return SourceColour.BT2020;
        }
        return switch (stream.colourSpace()) {
            case "bt709" -> SourceColour.BT709;
            case "smpte170m", "fcc" -> SourceColour.BT601_NTSC;
            case "bt470bg" -> SourceColour.BT601_PAL;
            case null, default -> bySize(stream);
        };
    }

    private static SourceColour bySize(ProbeStream stream) {
        int width = stream.width() == null ? 0 : stream.width();
        int height = stream.height() == null ? 0 : stream.height();
        if (width >= HD_COLUMNS || height >= HD_LINES) {
            return SourceColour.BT709;
        }
        return height == 576 || height == 288 ? SourceColour.BT601_PAL : SourceColour.BT601_NTSC;
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
                        || pixelFormat.equals("pal8"));
    }
}
