package org.millrace.worker.report;

import java.time.Duration;
import java.util.Optional;
import org.millrace.model.id.WorkerId;
import org.millrace.model.message.Signal;
import org.millrace.worker.attempt.Attempt;

/** What was told of one attempt's progress. Used by one thread. */
final class ProgressReport {

    /** Progress also renews the lease, so an attempt that stands still goes on being reported. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final Attempt attempt;
    private Attempt.Progress told;
    private long toldAt;
    private long seq;

    ProgressReport(Attempt attempt) {
        this.attempt = attempt;
    }

    /** The signal that is due now; empty if there is nothing new. */
    Optional<Signal> nextAt(long nanos, WorkerId worker) {
        Attempt.Progress progress = attempt.progress();
        boolean news = !progress.equals(told);
        if (!news && nanos - toldAt < LONGEST_SILENCE.toNanos()) {
            return Optional.empty();
        }
        told = progress;
        toldAt = nanos;
        return Optional.of(new Signal.Progress(
                attempt.offer().task(), attempt.id(), worker, seq++, progress.fraction(), progress.speed()));
    }
}
