package org.millrace.worker.ffmpeg;

import java.util.Optional;
import java.util.regex.Pattern;

/** Puts the lines of {@code -progress} together to ticks. Values that are not numbers count as unknown. */
final class ProgressParser {

    private static final Pattern LINE = Pattern.compile(
            "(frame|fps|stream_\\w+|bitrate|total_size|out_time\\w*|dup_frames|drop_frames|speed|progress)=.*");

    private long frames;
    private double outTime;
    private double speed;
    private long bytes;

    /** Whether a line is one of progress, where it stands among lines of a log. */
    static boolean isProgress(String line) {
        return LINE.matcher(line).matches();
    }

    /** Takes a line; returns a tick if it completes one. */
    Optional<ProgressTick> line(String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            return Optional.empty();
        }
        String value = line.substring(equals + 1).strip();
        switch (line.substring(0, equals).strip()) {
            case "frame" -> frames = (long) number(value, frames);
            case "out_time_us" -> outTime = Math.max(0, number(value, outTime * 1e6) / 1e6);
            case "total_size" -> bytes = (long) number(value, bytes);
            case "speed" -> speed = number(value.endsWith("x") ? value.substring(0, value.length() - 1) : value, 0);
            case "progress" -> {
                return Optional.of(new ProgressTick(frames, outTime, speed, bytes, "end".equals(value)));
            }
            default -> {
                // Every other line repeats one of these or says how a filter fared.
            }
        }
        return Optional.empty();
    }

    private static double number(String text, double otherwise) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException unknown) {
            return otherwise;
        }
    }
}
