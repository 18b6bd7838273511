package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Decodes the first track of a workspace's source whole, and lists a line for each picture or packet of sound: it begins
 * with 0 and a comma.
 *
 * @param threads decoder threads; 0 lets the decoder choose
 */
public record WholeDecodeCommand(int threads) {

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<String> output = new Output()
                .map("0:0")
                .with("-fps_mode", "passthrough", "-c:v", "wrapped_avframe", "-f", "framecrc")
                .toStandardOutput();
        return FfmpegCommand.streaming(
                List.of("-copyts"),
                List.of(Input.of(InputName.SOURCE).withThreads(threads)),
                guard,
                List.of(),
                List.of(output));
    }
}
