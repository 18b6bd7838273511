package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Packs a picture that cannot be sought exactly, such as that of a transport stream, into Matroska without coding anything
 * again: {@link #FILE_NAME}, with the picture as its only stream, number 0. Time stamps are moved as a whole.
 *
 * @param stream number of the stream in the file
 * @param start time stamp in the file that becomes {@link #ZERO} in the copy
 * @param length how much of the file to read, from its start; empty reads to the end
 */
public record RemuxCommand(int stream, Duration start, Optional<Duration> length) {

    /** Name of the file written, for {@link Workspace#output}. */
    public static final String FILE_NAME = "remux.mkv";

    /** Where the source's zero lies in the copy: far enough from zero for everything that is decoded before it is shown. */
    public static final Duration ZERO = Duration.ofSeconds(10);

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        Input source = Input.of(InputName.SOURCE).tolerating(true);
        List<String> output = new Output()
                .map("0:" + stream)
                .with("-map_metadata", "-1", "-map_chapters", "-1", "-c", "copy")
                .with("-output_ts_offset", Seconds.text(ZERO.minus(start)), "-avoid_negative_ts", "disabled")
                .with("-f", "matroska")
                .toFile(FILE_NAME);
        return FfmpegCommand.ffmpeg(
                List.of("-copyts"),
                List.of(length.map(source::upTo).orElse(source)),
                guard,
                List.of(),
                List.of(output));
    }
}
