package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.millrace.model.id.AttemptId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Manifest;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.wire.WireFormat;

/**
 * Takes in what workers report. The first valid outcome of a task counts, the rest is ignored: every method may be
 * called twice with the same outcome, late, or for a task that is long gone.
 */
@ApplicationScoped
public class AttemptLedger {

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
     * Takes in a part of a result, if it is the next one and comes from the attempt that holds the lease. From then on it
     * may be listed and is never replaced.
     */
    public void partPublished(Outcome.PartPublished part) {
        transactions.write(() -> {
            TaskRow task = TaskRow.findById(part.task().value());
            if (!holdsLease(task, part) || part.track() == null || part.seq() != PartRow.count("taskId", task.id)) {
                return null;
            }
            VideoRow video = VideoRow.findById(task.videoId);
            Instant now = clock.instant();
            if (EncoderFit.accepts(video, List.of(part.track()), part.encoder())) {
                new PartRow(task.id, part.seq(), part.attempt().value(), part.track(), now).persist();
                progression.grown(video, now);
                news.touched(task.video());
            } else {
                news.unwanted(new Cancel(task.taskId(), part.attempt()));
                fail(task, part.attempt(), FailureClass.TRANSIENT, FailureCode.ENCODER_DIFFERS, part.encoder(), now);
            }
            return null;
        });
    }

    /** Takes in a result, if it is the first; where parts were accepted, only from the attempt that goes on with them. */
    public void succeeded(Outcome.AttemptSucceeded outcome) {
        transactions.write(() -> {
            TaskRow task = TaskRow.findById(outcome.task().value());
            Instant now = clock.instant();
            boolean late = task == null
                    || !task.state.mayBecome(TaskState.DONE)
                    || isBeingDeleted(outcome)
                    || (!holdsLease(task, outcome) && task.task().publishesParts());
            if (late) {
                discard(task, outcome, now);
                return null;
            }
            VideoRow video = VideoRow.findById(task.videoId);
            Manifest manifest = outcome.manifest();
            Result result = manifest.result();
            if (result instanceof Result.Tracks made && TaskRow.MAKES_PIECES.contains(task.kind)) {
                Optional<Result.Tracks> whole = Pieces.whole(task, outcome.attempt(), made);
                boolean fits = EncoderFit.accepts(video, made.tracks(), manifest.encoder());
                if (!fits || whole.isEmpty()) {
                    FailureCode code = fits ? FailureCode.OUTPUT_INVALID : FailureCode.ENCODER_DIFFERS;
                    fail(task, outcome.attempt(), code.failureClass(), code, manifest.encoder(), now);
                    return null;
                }
                result = Pieces.wanted(video, task, whole.get());
            }
            done(video, task, outcome, result, now);
            return null;
        });
    }

    private void done(VideoRow video, TaskRow task, Outcome.AttemptSucceeded outcome, Result result, Instant now) {
        if (!outcome.attempt().value().equals(task.attemptId) && task.state == TaskState.RUNNING) {
            endOther(task, AttemptRow.State.SUPERSEDED, "another attempt was first", now);
        }
        Manifest manifest = outcome.manifest();
        AttemptRow attempt = AttemptRow.findById(outcome.attempt().value());
        if (attempt != null) {
            attempt.end(AttemptRow.State.SUCCEEDED, null, now);
            attempt.cpuSeconds = manifest.cpuSeconds();
            attempt.wallSeconds = manifest.wallSeconds();
            news.reached(attempt.ended(task));
        }
        task.result = WireFormat.write(result);
        task.fraction = 1;
        task.attemptId = outcome.attempt().value();
        task.workerId = outcome.worker().value();
        task.moveTo(TaskState.DONE, now);
        PartRow.delete("taskId", task.id);
        HistoryRow.note(task.videoId, task.id, now, "done", "attempt " + outcome.attempt());
        video.addRemarks(manifest.remarks());
        if (Pieces.fitTheirNeighbours(video, task, result, manifest.remarks())) {
            progression.succeeded(video, task, result, now);
        } else {
            progression.doesNotSeek(video, now);
        }
        news.workReleased();
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

    /** Ends an attempt that has failed: its task is tried again, or given up. */
    private void fail(
            TaskRow task, AttemptId attempt, FailureClass failureClass, FailureCode code, String detail, Instant now) {
        boolean lost = code == FailureCode.WORKER_LOST;
        endAttempt(task, attempt, lost ? AttemptRow.State.LOST : AttemptRow.State.FAILED, code.slug(), now);
        task.failedWith(code, detail);
        task.fraction = 0;
        HistoryRow.note(task.videoId, task.id, now, "failed", code.slug());
        if (code == FailureCode.OUT_OF_SPACE) {
            // Nobody is to blame, and room comes back: by the janitor, by people, by another worker's disk.
            task.moveTo(TaskState.WAITING, now);
            task.notBefore = now.plus(TaskLedger.ROOM_PAUSE);
            news.touched(task.video());
            return;
        }
        boolean again = Retry.isLeft(task, failureClass);
        if (again) {
            task.moveTo(TaskState.WAITING, now);
            task.notBefore = now.plus(Retry.pauseAfter(task, code));
            news.touched(task.video());
        } else {
            List<EncodedTrack> accepted =
                    PartRow.of(task.id).stream().map(PartRow::encodedTrack).toList();
            task.moveTo(TaskState.FAILED, now);
            progression.gaveUp(VideoRow.findById(task.videoId), task, accepted, code, now);
        }
    }

    /** What an attempt has stored goes when it is given up: of its late success only findings still count. */
    private static boolean isBeingDeleted(Outcome.AttemptSucceeded outcome) {
        AttemptRow attempt = AttemptRow.findById(outcome.attempt().value());
        return attempt != null
                && attempt.state != AttemptRow.State.RUNNING
                && outcome.manifest().result().leavesObjects();
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
            news.reached(row.ended(task));
        }
        ObjectKey made = MediaLayout.attempt(task.video(), task.taskId(), attempt);
        // It may be in a playlist already; then it goes when the work on the video is over.
        if (isListed(task, attempt, made)) {
            return;
        }
        GarbageRow.note(made, now);
        GarbageRow.note(MediaLayout.published(task.video(), task.setNumber, attempt), now);
    }

    /** Whether something of an attempt is listed as a part, or, once another attempt has gone on with it, in the result. */
    private static boolean isListed(TaskRow task, AttemptId attempt, ObjectKey made) {
        return PartRow.count("taskId = ?1 and attemptId = ?2", task.id, attempt.value()) > 0
                || (task.resultOrNull() instanceof Result.Tracks result
                        && result.tracks().stream()
                                .anyMatch(track -> track.object().isUnder(made)));
    }
}
