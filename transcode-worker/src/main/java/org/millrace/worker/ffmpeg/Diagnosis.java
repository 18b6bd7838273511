package org.millrace.worker.ffmpeg;

import java.time.Duration;

/** Tells from the traces a process leaves why it ended by itself. */
final class Diagnosis {

    private static final int SIGNALLED = 128;
    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;
    private static final int SIGXFSZ = 25;

    private Diagnosis() {}

    /** The reason; {@link EndReason#EXITED} if nothing points elsewhere. */
    static EndReason of(int exitCode, StderrTail log, Duration cpu, Limits limits, boolean kernelKilledSomebody) {
        if (exitCode == 0) {
            return EndReason.EXITED;
        }
        int signal = exitCode > SIGNALLED && exitCode < SIGNALLED + 65 ? exitCode - SIGNALLED : 0;
        if (signal == SIGXFSZ || log.saysFileTooLarge()) {
            return EndReason.FILE_LIMIT;
        }
        if (log.saysNoSpace()) {
            return EndReason.NO_SPACE;
        }
        if (signal == SIGXCPU || (signal == SIGKILL && cpu.compareTo(nearly(limits)) >= 0)) {
            return EndReason.CPU_LIMIT;
        }
        if (log.saysNoMemory() || (signal == SIGKILL && kernelKilledSomebody)) {
            return EndReason.OUT_OF_MEMORY;
        }
        return signal > 0 ? EndReason.KILLED_BY_SIGNAL : EndReason.EXITED;
    }

    /** The CPU limit less what a process can use between the last sample and its end. */
    private static Duration nearly(Limits limits) {
        Duration limit = Duration.ofSeconds(limits.cpuSeconds());
        Duration unseen = Duration.ofMillis(500L * Runtime.getRuntime().availableProcessors());
        Duration half = limit.dividedBy(2);
        return limit.minus(unseen.compareTo(half) < 0 ? unseen : half);
    }
}
