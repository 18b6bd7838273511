package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.millrace.model.id.AttemptId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.task.Strategy;
import org.millrace.model.wire.WireFormat;

/**
 * Takes in what workers report. The first valid outcome of a task counts, the rest is ignored: every method may be
 * called twice with the same outcome, late, or for a task that is long gone.
 */
@ApplicationScoped
public class AttemptLedger {

    private static final int MOST_TRANSIENT = 5;
    private static final int MOST_TRICKY = 2;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration HAND_BACK_PAUSE = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final Progression progression;
    private final LedgerNews news;
    private final Clock clock;

    AttemptLedger(Transactions transactions, Progression progression, LedgerNews news, Clock clock) {
        this.transactions = transactions;
        this.progression = progression;
        this.news = news;
        this.clock = clock;
    }

    /**
     * Gives an attempt the lease of its task. An attempt that comes too late, or while another one works on an older
     * or newer offer, is told to stop. Two attempts at one offer mean that the broker took the task away from the
     * first worker and gave it to the second: the second takes over.
     *
     * @param lease how long the lease lasts unless it is renewed
     */
    public void started(Outcome.AttemptStarted started, Duration lease) {
        transactions.write(() -> {
            TaskRow task = TaskRow.findById(started.task().value());
            Instant now = clock.instant();
            String attempt = started.attempt().value();
            boolean unwanted = task == null
                    || TaskState.FINAL.contains(task.state)
                    || (task.state == TaskState.RUNNING
                            && !attempt.equals(task.attemptId)
                            && !Integer.valueOf(started.offer()).equals(task.attemptOffer));
            if (unwanted) {
                news.unwanted(new Cancel(started.task(), started.attempt()));
                return null;
            }
            if (AttemptRow.findById(attempt) != null) {
                return null;
            }
            if (task.state == TaskState.RUNNING) {
                endOther(task, AttemptRow.State.LOST, "the broker gave the task to another worker", now);
            }
            AttemptRow row = new AttemptRow();
            row.id = attempt;
            row.taskId = task.id;
            row.videoId = task.videoId;
            row.workerId = started.worker().value();
            row.offer = started.offer();
            row.state = AttemptRow.State.RUNNING;
            row.startedAt = now;
            row.persist();
            task.moveTo(TaskState.RUNNING, now);
            task.attemptId = attempt;
            task.attemptOffer = started.offer();
            task.workerId = started.worker().value();
            task.leaseUntil = now.plus(lease);
            task.fraction = 0;
            HistoryRow.note(task.videoId, task.id, now, "started", "attempt " + attempt);
            news.touched(task.video());
            news.workReleased();
            return null;
        });
    }

    /**
     * Notes that a part of a result is in the store. Nothing is served from parts before the task is done, so the
     * note only proves that the attempt is alive.
     */
    public void partPublished(Outcome.PartPublished part) {
        transactions.write(() -> {
            TaskRow task = TaskRow.findById(part.task().value());
            if (holdsLease(task, part)) {
                HistoryRow.note(task.videoId, task.id, clock.instant(), "part", "part " + part.seq());
            }
            return null;
        });
    }

    /** Takes in a result, if it is the first. */
    public void succeeded(Outcome.AttemptSucceeded outcome) {
        transactions.write(() -> {
            TaskRow task = TaskRow.findById(outcome.task().value());
            Instant now = clock.instant();
            if (task == null || !task.state.mayBecome(TaskState.DONE)) {
                discard(task, outcome, now);
                return null;
            }
            VideoRow video = VideoRow.findById(task.videoId);
            if (!EncoderFit.accepts(video, task, outcome.manifest())) {
                fail(
                        task,
                        outcome.attempt(),
                        FailureClass.TRANSIENT,
                        FailureCode.ENCODER_DIFFERS,
                        outcome.manifest().encoder(),
                        now);
                return null;
            }
            if (!outcome.attempt().value().equals(task.attemptId) && task.state == TaskState.RUNNING) {
                endOther(task, AttemptRow.State.SUPERSEDED, "another attempt was first", now);
            }
            AttemptRow attempt = AttemptRow.findById(outcome.attempt().value());
            if (attempt != null) {
                attempt.end(AttemptRow.State.SUCCEEDED, null, now);
                attempt.cpuSeconds = outcome.manifest().cpuSeconds();
                attempt.wallSeconds = outcome.manifest().wallSeconds();
            }
            task.result = WireFormat.write(outcome.manifest().result());
            task.fraction = 1;
            task.attemptId = outcome.attempt().value();
            task.workerId = outcome.worker().value();
            task.moveTo(TaskState.DONE, now);
            HistoryRow.note(task.videoId, task.id, now, "done", "attempt " + outcome.attempt());
            video.addRemarks(outcome.manifest().remarks());
            progression.succeeded(video, task, outcome.manifest().result(), now);
            news.workReleased();
            return null;
        });
    }

    /** Takes in a failure of the attempt that holds the lease: the task is tried again, or given up. */
    public void failed(Outcome.AttemptFailed outcome) {
        transactions.write(() -> {
            TaskRow task = TaskRow.findById(outcome.task().value());
            Instant now = clock.instant();
            if (holdsLease(task, outcome)) {
                fail(task, outcome.attempt(), outcome.failureClass(), outcome.code(), outcome.detail(), now);
            } else {
                discard(task, outcome, now);
            }
            return null;
        });
    }

    /** Puts a task back that a worker has returned without blame. */
    public void handedBack(Outcome.AttemptHandedBack outcome) {
        transactions.write(() -> {
            TaskRow task = TaskRow.findById(outcome.task().value());
            Instant now = clock.instant();
            boolean neverStarted =
                    task != null && (task.state == TaskState.OFFERED || task.state == TaskState.RESERVED);
            if (!neverStarted && !holdsLease(task, outcome)) {
                discard(task, outcome, now);
                return null;
            }
            endAttempt(task, outcome.attempt(), AttemptRow.State.HANDED_BACK, outcome.why(), now);
            task.moveTo(TaskState.WAITING, now);
            task.notBefore = now.plus(HAND_BACK_PAUSE);
            HistoryRow.note(task.videoId, task.id, now, "handed back", outcome.why());
            news.touched(task.video());
            return null;
        });
    }

    /** Takes a task away from a worker that has not been heard of for a whole lease. */
    public void lost(TaskRow expired) {
        transactions.write(() -> {
            TaskRow task = TaskRow.findById(expired.id);
            Instant now = clock.instant();
            boolean still = task != null
                    && task.state == TaskState.RUNNING
                    && expired.attemptId.equals(task.attemptId)
                    && task.leaseUntil != null
                    && task.leaseUntil.isBefore(now);
            if (still) {
                news.unwanted(new Cancel(task.taskId(), new AttemptId(task.attemptId)));
                AttemptId attempt = new AttemptId(task.attemptId);
                fail(task, attempt, FailureClass.TRANSIENT, FailureCode.WORKER_LOST, "the lease ran out", now);
            }
            return null;
        });
    }

    private void fail(
            TaskRow task, AttemptId attempt, FailureClass failureClass, FailureCode code, String detail, Instant now) {
        boolean lost = code == FailureCode.WORKER_LOST;
        endAttempt(task, attempt, lost ? AttemptRow.State.LOST : AttemptRow.State.FAILED, code.slug(), now);
        task.failureCode = code.slug();
        task.failureDetail = detail;
        task.fraction = 0;
        HistoryRow.note(task.videoId, task.id, now, "failed", code.slug());
        boolean again =
                switch (failureClass) {
                    case TRANSIENT -> ++task.transientFailures < MOST_TRANSIENT;
                    case TRICKY -> triesAnotherWay(task);
                    case IMPOSSIBLE -> false;
                };
        if (again) {
            task.moveTo(TaskState.WAITING, now);
            task.notBefore = now.plus(pauseAfter(task));
            news.touched(task.video());
        } else {
            task.moveTo(TaskState.FAILED, now);
            progression.gaveUp(VideoRow.findById(task.videoId), task, code, now);
        }
    }

    private static boolean triesAnotherWay(TaskRow task) {
        if (++task.trickyFailures < MOST_TRICKY) {
            return true;
        }
        Strategy next = task.strategy.nextOrNull();
        if (next == null) {
            return false;
        }
        task.strategy = next;
        task.trickyFailures = 0;
        return true;
    }

    /** Two seconds after the first failure, then twice as long each time; the source's own faults need no pause. */
    private static Duration pauseAfter(TaskRow task) {
        if (task.transientFailures == 0) {
            return Duration.ZERO;
        }
        return FIRST_PAUSE.multipliedBy(1L << Math.min(6, task.transientFailures - 1));
    }

    private static boolean holdsLease(TaskRow task, Outcome outcome) {
        return task != null
                && task.state == TaskState.RUNNING
                && outcome.attempt().value().equals(task.attemptId);
    }

    private void endOther(TaskRow task, AttemptRow.State how, String why, Instant now) {
        AttemptId other = new AttemptId(task.attemptId);
        endAttempt(task, other, how, why, now);
        news.unwanted(new Cancel(task.taskId(), other));
    }

    /** An outcome that does not count: what its attempt has made is garbage. */
    private void discard(TaskRow task, Outcome outcome, Instant now) {
        if (task == null || outcome.attempt().value().equals(task.attemptId) && task.state == TaskState.DONE) {
            return;
        }
        endAttempt(task, outcome.attempt(), AttemptRow.State.SUPERSEDED, "came too late", now);
    }

    private void endAttempt(TaskRow task, AttemptId attempt, AttemptRow.State how, String why, Instant now) {
        AttemptRow row = AttemptRow.findById(attempt.value());
        if (row != null && row.state == AttemptRow.State.RUNNING) {
            row.end(how, why, now);
        }
        GarbageRow.note(MediaLayout.attempt(task.video(), task.taskId(), attempt), now);
        GarbageRow.note(MediaLayout.published(task.video(), task.setNumber, attempt), now);
    }
}
