package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * Decodes files that an earlier run left in its output directory, all in one run, and lists a line for each picture or
 * packet of sound that comes out on standard output: it begins with the number of the file, from 0, and a comma.
 *
 * @param files which ones
 * @param threads decoder threads of each; 0 lets the decoders choose
 */
public record MadeCheckCommand(List<Made> files, int threads) {

    /**
     * A file to decode.
     *
     * @param name in the output directory
     * @param keyFramesOnly whether to decode only key frames, which is much cheaper
     */
    public record Made(String name, boolean keyFramesOnly) {}

    /** Copies the list. */
    public MadeCheckCommand {
        files = List.copyOf(files);
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<Input> inputs = new ArrayList<>();
        // The pictures themselves are wrapped, not copied: their number is all that counts.
        Output output = new Output();
        for (int i = 0; i < files.size(); i++) {
            Made made = files.get(i);
            Input input = Input.ofMade(made.name()).withThreads(threads);
            inputs.add(made.keyFramesOnly() ? input.onlyKeyFrames() : input);
            output.map(i + ":0");
        }
        output.with("-fps_mode", "passthrough", "-c:v", "wrapped_avframe", "-f", "framecrc");
        return FfmpegCommand.streaming(
                List.of("-copyts"), inputs, guard, List.of(), List.of(output.toStandardOutput()));
    }
}
