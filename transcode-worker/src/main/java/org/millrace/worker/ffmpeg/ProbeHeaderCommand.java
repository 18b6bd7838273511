package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Asks what a file says about itself: container, streams, chapters, as JSON. {@link MediaProbe#header} runs and reads it.
 *
 * @param input which input
 */
public record ProbeHeaderCommand(InputName input) {

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        return FfmpegCommand.ffprobe(
                input, guard, List.of("-of", "json=compact=1", "-show_format", "-show_streams", "-show_chapters"));
    }
}
