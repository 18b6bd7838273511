package org.millrace.worker.attempt;

import java.util.Set;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.ffmpeg.EndReason;
import org.millrace.worker.ffmpeg.FfmpegResult;

/** What the end of a converter means for the attempt. */
final class EndReasons {

    /** SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV and SIGSYS: nobody sent them, it crashed over the source. */
    private static final Set<Integer> CRASHES = Set.of(128 + 4, 128 + 5, 128 + 6, 128 + 7, 128 + 8, 128 + 11, 128 + 31);

    private static final int SIGNALLED = 128;

    private EndReasons() {}

    /**
     * Returns if the converter ended by itself, whatever its exit code.
     *
     * @throws AttemptFailedException with the code that fits otherwise
     */
    static void check(FfmpegResult result) {
        FailureCode code =
                switch (result.reason()) {
                    case EXITED -> null;
                    case STALLED -> FailureCode.ENCODER_STALLED;
                    case WALL_TIME, CPU_LIMIT, FILE_LIMIT -> FailureCode.TOO_COMPLEX;
                    case CANCELLED -> FailureCode.ENCODER_KILLED;
                    case KILLED_BY_SIGNAL ->
                        CRASHES.contains(result.exitCode()) ? FailureCode.ENCODER_FAILED : FailureCode.ENCODER_KILLED;
                    case OUT_OF_MEMORY -> FailureCode.OUT_OF_MEMORY;
                    case NO_SPACE -> FailureCode.OUT_OF_SPACE;
                };
        if (code != null) {
            throw new AttemptFailedException(code, describe(result));
        }
    }

    /**
     * Returns if a run that only reads a source's headers and packets ended by itself. What it gives up for want of memory
     * within its limits no other worker will read either.
     *
     * @throws AttemptFailedException with the code that fits otherwise
     */
    static void checkReading(FfmpegResult result) {
        if (result.reason() == EndReason.OUT_OF_MEMORY && result.exitCode() < SIGNALLED) {
            throw new AttemptFailedException(FailureCode.TOO_COMPLEX, describe(result));
        }
        check(result);
    }

    /** The end in words, for the log and the jobs page. */
    static String describe(FfmpegResult result) {
        String lastWords = String.join(
                " | ",
                result.stderrTail()
                        .subList(
                                Math.max(0, result.stderrTail().size() - 3),
                                result.stderrTail().size()));
        String printable = lastWords.replaceAll("\\p{Cntrl}", " ");
        return result.reason() + ", exit code " + result.exitCode() + (printable.isEmpty() ? "" : ": " + printable);
    }
}
