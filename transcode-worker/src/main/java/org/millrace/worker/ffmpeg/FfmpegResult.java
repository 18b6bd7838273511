package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.List;

/**
 * How a run ended. Files it left are to be trusted only after they were read and verified: ffmpeg exits with 0 on a full
 * disk or a truncated source.
 *
 * @param exitCode as the shell would show it: 128 + n after signal n
 * @param reason why it ended
 * @param stderrTail the last lines of its log, oldest first, at most 50; from the file's bytes in part: never shown raw
 * @param errorLines log lines of level error and above
 * @param lateErrorLines those of them that came after the first frame was written, as far as progress told; a decoder
 *     that begins between two key frames complains a lot, but only before that
 * @param warningLines log lines of level warning
 * @param cpu user and system time of the process tree, sampled: up to half a second low
 * @param wall time from start to end
 * @param progress the last tick; {@link ProgressTick#NONE} if there was none
 */
public record FfmpegResult(
        int exitCode,
        EndReason reason,
        List<String> stderrTail,
        long errorLines,
        long lateErrorLines,
        long warningLines,
        Duration cpu,
        Duration wall,
        ProgressTick progress) {

    /** Copies the list. */
    public FfmpegResult {
        stderrTail = List.copyOf(stderrTail);
    }

    /** Whether it ended by itself with exit code 0; necessary for success, not sufficient. */
    public boolean exitedCleanly() {
        return reason == EndReason.EXITED && exitCode == 0;
    }
}
