package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks what a file says about itself and lists its packets, in one run: starting a program twice takes as long as reading
 * the header. {@link MediaProbe#opening} runs and reads it.
 *
 * @param input which input
 * @param until how much of the file to list, from its start; empty lists all packets
 */
public record ProbeOpeningCommand(InputName input, Optional<Duration> until) {

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<String> questions = new ArrayList<>(List.of(
                "-of",
                "json=compact=1",
                "-show_entries",
                "packet=" + PacketIndexCommand.FIELDS + ":stream:format:chapter"));
        until.ifPresent(time -> questions.addAll(List.of("-read_intervals", "%+" + Seconds.text(time))));
        return FfmpegCommand.ffprobe(input, guard, questions);
    }
}
