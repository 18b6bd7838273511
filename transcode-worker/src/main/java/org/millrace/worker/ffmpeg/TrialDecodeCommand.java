package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Decodes the first few pictures of a stream and throws them away: {@link FfmpegResult#progress()} says how many came.
 *
 * @param stream number of the stream in the file
 * @param frames how many pictures are enough
 */
public record TrialDecodeCommand(int stream, int frames) {

    /** Checks the numbers. */
    public TrialDecodeCommand {
        if (stream < 0 || frames < 1) {
            throw new IllegalArgumentException("Not a trial");
        }
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<String> output = new Output()
                .map("0:" + stream)
                .with("-frames:v", Integer.toString(frames), "-fps_mode", "passthrough")
                .toNowhere();
        return FfmpegCommand.ffmpeg(
                List.of(), List.of(Input.of(InputName.SOURCE).tolerating(true)), guard, List.of(), List.of(output));
    }
}
