package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Lists every packet of a file, one line each. {@link MediaProbe#packets} runs and reads it.
 *
 * @param input which input
 */
public record PacketIndexCommand(InputName input) {

    /** What is asked of each packet. */
    static final String FIELDS = "stream_index,pts_time,dts_time,duration_time,size,pos,flags";

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        return FfmpegCommand.ffprobe(
                input,
                guard,
                List.of("-of", "csv=print_section=0", "-show_packets", "-show_entries", "packet=" + FIELDS));
    }
}
