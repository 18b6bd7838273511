package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.VideoId;
import org.millrace.model.id.WorkerId;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Remark;
import org.millrace.model.testing.SampleSource;

/** A worker that a test plays by hand: it takes tasks by their names and reports what it is told to. */
@ApplicationScoped
class WorkerByHand {

    static final Duration LEASE = Duration.ofMinutes(1);

    /** So fast that nothing has to be made ahead. */
    static final Pace FAST = new Pace(0, 100, 0);

    /** So slow that everything has to be made ahead. */
    static final Pace SLOW = new Pace(1000, 1, 1000);

    private final VideoLedger videos;
    private final TaskLedger tasks;
    private final AttemptLedger attempts;
    private final Transactions transactions;
    private final WorkerId worker = WorkerId.random();
    private VideoId video;
    private Pace pace = FAST;

    WorkerByHand(VideoLedger videos, TaskLedger tasks, AttemptLedger attempts, Transactions transactions) {
        this.videos = videos;
        this.tasks = tasks;
        this.attempts = attempts;
        this.transactions = transactions;
    }

    /** Uploads a video that everything from now on is about. */
    VideoId upload() {
        video = VideoId.random();
        pace = FAST;
        videos.accept(Sample.video(video), null);
        return video;
    }

    /** What offers from now on assume about the installation. */
    void workAt(Pace other) {
        pace = other;
    }

    VideoRow row() {
        return videos.find(video).orElseThrow();
    }

    WorkerId id() {
        return worker;
    }

    /** The task of a name in the set that is built; null if there is none. */
    TaskRow task(String name) {
        return transactions.read(
                () -> TaskRow.<TaskRow>find("videoId = ?1 and name = ?2 order by setNumber desc", video.value(), name)
                        .firstResult());
    }

    /** Names of the tasks of the set that is built, in the order of the plan. */
    List<String> names() {
        return tasks.ofVideo(row()).stream().map(TaskGlimpse::name).toList();
    }

    TaskOffer offer(String name) {
        TaskOffer offer = tasks.reserve(task(name).taskId(), LEASE, pace, OptionalLong.empty())
                .orElseThrow();
        tasks.offered(List.of(offer));
        return offer;
    }

    AttemptId start(TaskOffer offer) {
        AttemptId attempt = AttemptId.random();
        attempts.started(new Outcome.AttemptStarted(offer.task(), attempt, worker, offer.offer()), LEASE);
        return attempt;
    }

    AttemptId start(String name) {
        return start(offer(name));
    }

    void succeed(String name, AttemptId attempt, Result result, Remark... remarks) {
        attempts.succeeded(
                new Outcome.AttemptSucceeded(task(name).taskId(), attempt, worker, Sample.manifest(result, remarks)));
    }

    void part(String name, AttemptId attempt, int seq, EncodedTrack track) {
        attempts.partPublished(
                new Outcome.PartPublished(task(name).taskId(), attempt, worker, seq, track, Sample.ENCODER));
    }

    void fail(String name, AttemptId attempt, FailureCode code) {
        attempts.failed(new Outcome.AttemptFailed(
                task(name).taskId(), attempt, worker, code.failureClass(), code, "the test says so"));
    }

    /** Runs a task as a worker that makes exactly what it was asked for. */
    void run(String... names) {
        for (String name : names) {
            TaskOffer offer = offer(name);
            succeed(name, start(offer), Sample.resultOf(offer.work()));
        }
    }

    /** Analyses the video as if it were this source. */
    void analyse(SampleSource source) {
        succeed("analyse-header", start("analyse-header"), Sample.header(source));
    }

    /** Runs everything that waits, in the order of the plan, until nothing does. */
    void runAll() {
        for (int turns = 0; turns < 1000; turns++) {
            String next = tasks.ofVideo(row()).stream()
                    .filter(task -> task.state() == TaskState.WAITING)
                    .map(TaskGlimpse::name)
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                return;
            }
            dueNow(next);
            run(next);
        }
        throw new AssertionError("There is no end to it");
    }

    AttemptRow attempt(AttemptId id) {
        return transactions.read(() -> AttemptRow.<AttemptRow>findById(id.value()));
    }

    void expireLease(String name) {
        change(name, "leaseUntil = ?1", Instant.now().minusSeconds(1));
    }

    void dueNow(String name) {
        change(name, "notBefore = ?1", Instant.now().minusSeconds(1));
    }

    private void change(String name, String what, Instant value) {
        transactions.write(
                () -> TaskRow.update(what + " where videoId = ?2 and name = ?3", value, video.value(), name));
    }
}
