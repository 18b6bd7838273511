package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes subtitles made of text out of a source, each into a file of WebVTT, with the time stamps of the source. What the
 * files hold is the source's and has to be read with distrust.
 *
 * @param streams numbers of the streams in the file
 */
public record SubtitlesCommand(List<Integer> streams) {

    /** Copies the list. */
    public SubtitlesCommand {
        streams = List.copyOf(streams);
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("No subtitles to take out");
        }
    }

    /** Name of the file of a stream, for {@link Workspace#output}. */
    public static String fileName(int stream) {
        return "subtitles-" + stream + ".vtt";
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<List<String>> outputs = new ArrayList<>();
        for (int stream : streams) {
            outputs.add(new Output()
                    .map("0:" + stream)
                    .with("-map_metadata", "-1", "-map_chapters", "-1", "-c:s", "webvtt", "-f", "webvtt")
                    .toFile(fileName(stream)));
        }
        return FfmpegCommand.ffmpeg(List.of("-copyts"), List.of(Input.of(InputName.SOURCE)), guard, List.of(), outputs);
    }
}
