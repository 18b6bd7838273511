package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Packs a source that cannot be sought exactly, such as a transport stream, into Matroska without coding anything again:
 * {@link #FILE_NAME}. Timestamps stay as they are unless they are negative: then the first becomes zero. Streams are numbered anew.
 *
 * @param streams numbers of the streams to keep, in their new order
 */
public record RemuxCommand(List<Integer> streams) {

    /** Name of the file written, for {@link Workspace#output}. */
    public static final String FILE_NAME = "remux.mkv";

    /** Copies the list. */
    public RemuxCommand {
        streams = List.copyOf(streams);
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("Nothing to keep");
        }
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        Output output = new Output();
        streams.forEach(stream -> output.map("0:" + stream));
        output.with("-map_metadata", "-1", "-map_chapters", "-1", "-c", "copy");
        output.with("-avoid_negative_ts", "make_non_negative", "-f", "matroska");
        return FfmpegCommand.ffmpeg(
                List.of("-copyts", "-fflags", "+genpts"),
                List.of(Input.of(InputName.SOURCE)),
                guard,
                List.of(),
                List.of(output.toFile(FILE_NAME)));
    }
}
