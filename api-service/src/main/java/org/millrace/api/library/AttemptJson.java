package org.millrace.api.library;

import java.time.Instant;
import org.millrace.api.ledger.AttemptLog;
import org.millrace.api.ledger.AttemptRow;

/**
 * One try at one of a video's tasks, for programs.
 *
 * @param task name of the task in the video's plan, for example {@code chunk-0}
 * @param kind kind of the task, for example {@code encode chunk}
 * @param attempt identifier of the try
 * @param worker identifier of the worker
 * @param offer which offer of the task led to it, from 1
 * @param state how it ended, or {@code RUNNING}
 * @param cause why it ended so; null if it runs or succeeded
 * @param startedAt when the ledger heard of it
 * @param endedAt when the ledger heard of its end; null while it runs
 * @param cpuSeconds CPU time used; null if it was never reported
 * @param wallSeconds time it took; null if it was never reported
 */
public record AttemptJson(
        String task,
        String kind,
        String attempt,
        String worker,
        int offer,
        AttemptRow.State state,
        String cause,
        Instant startedAt,
        Instant endedAt,
        Double cpuSeconds,
        Double wallSeconds) {

    static AttemptJson of(AttemptLog.Entry entry) {
        AttemptRow attempt = entry.attempt();
        return new AttemptJson(
                entry.task().name,
                entry.task().kind,
                attempt.id,
                attempt.workerId,
                attempt.offer,
                attempt.state,
                attempt.cause,
                attempt.startedAt,
                attempt.endedAt,
                attempt.cpuSeconds,
                attempt.wallSeconds);
    }
}
