package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Decodes the first packets of a file's first moving picture, with nothing but what the container says about it: one line
 * of output for each picture that comes out. It takes a fraction of {@link TrialDecodeCommand}, which guesses first, but a
 * file that says too little gives nothing.
 *
 * @param packets how many packets to decode
 */
public record ProbeFramesCommand(int packets) {

    /** How each line of a picture begins. */
    public static final String FRAME = "frame";

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        return FfmpegCommand.ffprobe(
                InputName.SOURCE,
                guard,
                List.of(
                        "-nofind_stream_info",
                        "-of",
                        "csv",
                        "-select_streams",
                        "V:0",
                        "-read_intervals",
                        "%+#" + packets,
                        "-show_entries",
                        "frame=width,height"));
    }
}
