package org.millrace.worker.ffmpeg;

import java.util.List;
import java.util.Locale;

/**
 * Makes a short silent film of excerpts of a rendition ({@link InputName#VIDEO}): {@link #FILE_NAME}.
 *
 * @param starts when each excerpt begins, in seconds of the rendition, ascending
 * @param seconds length of each
 * @param framesPerSecond of the rendition
 * @param width of the film, even
 * @param height of the film, even
 */
public record MovingPreviewCommand(List<Double> starts, double seconds, double framesPerSecond, int width, int height) {

    /** Name of the file written, for {@link Workspace#output}. */
    public static final String FILE_NAME = "preview.mp4";

    /** Half of the shortest frame: times are rounded. */
    private static final double ROUNDING = 0.008;

    /** Copies the list. */
    public MovingPreviewCommand {
        starts = List.copyOf(starts);
        if (starts.isEmpty() || seconds <= 0 || framesPerSecond <= 0) {
            throw new IllegalArgumentException("A preview needs excerpts");
        }
    }

    /** Length of the film in seconds. */
    public double totalSeconds() {
        return starts.size() * seconds;
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<Filter> filters = List.of(
                Filter.of("select", "", chosen()),
                Filter.of("setpts", "", "N/" + text(framesPerSecond) + "/TB"),
                Filter.of("fps", "", text(shownRate())),
                Filter.of("scale", "w", Integer.toString(width), "h", Integer.toString(height), "flags", "bicubic"),
                Filter.of("format", "", "yuv420p"),
                Filter.squarePixels());
        List<String> output = new Output()
                .map("0:0")
                .with("-an")
                .bare()
                .with("-vf", FilterGraph.simple(filters))
                .with("-c:v", "libx264", "-preset", "veryfast", "-crf", "28")
                .with("-maxrate", "550k", "-bufsize", "550k", "-threads", "1")
                .with("-f", "mp4", "-movflags", "+faststart")
                .toFile(FILE_NAME);
        return FfmpegCommand.ffmpeg(
                List.of("-copyts"),
                List.of(Input.of(InputName.VIDEO).withThreads(1)),
                guard,
                List.of(),
                List.of(output));
    }

    /** Faster rates are halved: the film is small and short. */
    private double shownRate() {
        return framesPerSecond > 31 ? framesPerSecond / 2 : framesPerSecond;
    }

    private String chosen() {
        return String.join(
                "+",
                starts.stream()
                        .map(start ->
                                "between(t," + text(start - ROUNDING) + "," + text(start + seconds - ROUNDING) + ")")
                        .toList());
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
