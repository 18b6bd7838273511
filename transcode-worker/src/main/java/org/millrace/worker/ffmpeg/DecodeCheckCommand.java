package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Decodes a file and throws the result away. {@link FfmpegResult#errorLines()} says how many complaints there were and
 * {@link FfmpegResult#progress()} how many frames came out; the exit code says neither.
 *
 * @param input which input, all of its video and audio streams
 * @param keyFramesOnly whether to decode only key frames, which is much cheaper
 * @param threads decoder threads; 0 lets the decoder choose
 */
public record DecodeCheckCommand(InputName input, boolean keyFramesOnly, int threads) {

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        Input file = Input.of(input).withThreads(threads);
        List<String> output = new Output()
                .map("0:v?")
                .map("0:a?")
                .with("-fps_mode", "passthrough")
                .toNowhere();
        return FfmpegCommand.ffmpeg(
                List.of("-copyts"),
                List.of(keyFramesOnly ? file.onlyKeyFrames() : file),
                guard,
                List.of(),
                List.of(output));
    }
}
