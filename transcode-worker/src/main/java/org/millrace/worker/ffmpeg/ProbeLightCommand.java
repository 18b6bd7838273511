package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Asks how bright a high dynamic range picture may be: what comes with its first frame. {@link MediaProbe#peakNits} runs
 * and reads it.
 *
 * @param input which input
 * @param stream number of the stream in the file
 */
public record ProbeLightCommand(InputName input, int stream) {

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        return FfmpegCommand.ffprobe(
                input,
                guard,
                List.of(
                        "-of",
                        "json=compact=1",
                        "-select_streams",
                        Integer.toString(stream),
                        "-read_intervals",
                        "%+#1",
                        "-show_frames",
                        "-show_entries",
                        "frame=width:frame_side_data_list"));
    }
}
