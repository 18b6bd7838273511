package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Writes the first few pictures of a transparent stream, small, as red, green, blue and opacity of one byte each.
 *
 * @param stream number of the stream in the file
 */
public record LookCommand(int stream) {

    /** Name of the file written, for {@link Workspace#output}. */
    public static final String FILE_NAME = "look.rgba";

    /** Most bytes of the file. */
    public static final int MOST_BYTES = 1 << 20;

    private static final int PICTURES = 8;

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<Filter> filters =
                List.of(Filter.of("scale", "", "96", "", "54", "flags", "area"), Filter.of("format", "", "rgba"));
        List<String> output = new Output()
                .map("0:" + stream)
                .with("-an")
                .bare()
                .with("-vf", FilterGraph.simple(filters))
                .with("-frames:v", Integer.toString(PICTURES), "-fps_mode", "passthrough")
                .with("-c:v", "rawvideo", "-f", "rawvideo")
                .toFile(FILE_NAME);
        return FfmpegCommand.ffmpeg(
                List.of(), List.of(Input.of(InputName.SOURCE).tolerating(true)), guard, List.of(), List.of(output));
    }
}
