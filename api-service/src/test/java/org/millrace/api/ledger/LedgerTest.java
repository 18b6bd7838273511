package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.VideoId;
import org.millrace.model.id.WorkerId;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.plan.Plan;
import org.millrace.model.plan.Planner;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;

/** The ledger's contract, on whichever database this build is made for. A worker is played by hand. */
@QuarkusTest
class LedgerTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    VideoLedger videos;

    @Inject
    TaskLedger tasks;

    @Inject
    AttemptLedger attempts;

    @Inject
    Progression progression;

    @Inject
    Transactions transactions;

    private final WorkerId worker = WorkerId.random();
    private VideoId video;

    @BeforeEach
    void upload() {
        video = VideoId.random();
        videos.accept(Sample.video(video), null);
    }

    @AfterEach
    void forget() {
        videos.delete(video);
    }

    private VideoRow row() {
        return videos.find(video).orElseThrow();
    }

    private TaskRow task(String name) {
        return transactions.read(() -> TaskRow.<TaskRow>find("videoId = ?1 and name = ?2", video.value(), name)
                .firstResult());
    }

    private TaskOffer offer(String name) {
        TaskOffer offer = tasks.reserve(task(name).taskId(), LEASE).orElseThrow();
        tasks.offered(offer);
        return offer;
    }

    private AttemptId start(TaskOffer offer) {
        AttemptId attempt = AttemptId.random();
        attempts.started(new Outcome.AttemptStarted(offer.task(), attempt, worker, offer.offer()), LEASE);
        return attempt;
    }

    private AttemptId start(String name) {
        return start(offer(name));
    }

    private void succeed(String name, AttemptId attempt, Result result) {
        attempts.succeeded(new Outcome.AttemptSucceeded(task(name).taskId(), attempt, worker, Sample.manifest(result)));
    }

    private void fail(String name, AttemptId attempt, FailureCode code) {
        attempts.failed(new Outcome.AttemptFailed(
                task(name).taskId(), attempt, worker, code.failureClass(), code, "the test says so"));
    }

    /** Runs a task as a worker that makes exactly what it was asked for. */
    private void run(String name) {
        TaskOffer offer = offer(name);
        succeed(name, start(offer), Sample.resultOf(offer.work()));
    }

    private void analyse() {
        run("analyse-header");
        run("analyse-index");
    }

    @Test
    void a_video_goes_from_upload_to_ready_task_by_task() {
        assertThat(row().state).isEqualTo(VideoState.PROCESSING);
        assertThat(task("analyse-header").state).isEqualTo(TaskState.WAITING);
        analyse();
        assertThat(task("assemble-180p").state).isEqualTo(TaskState.BLOCKED);
        run("chunk-0");
        assertThat(task("assemble-180p").state).isEqualTo(TaskState.WAITING);
        run("audio-1");
        run("assemble-180p");
        assertThat(row().playable()).isFalse();
        run("assemble-audio-1");
        assertThat(row().playable()).isTrue();
        assertThat(row().state).isEqualTo(VideoState.PROCESSING);
        run("download");
        run("preview");
        assertThat(row().state).isEqualTo(VideoState.READY);
        assertThat(row().progress).isEqualTo(100);
        List<PublishedRow> published = transactions.read(() -> PublishedRow.ofSet(video.value(), 1));
        assertThat(published).extracting(it -> it.name).contains("180p", "audio-1", "download", "poster");
    }

    @Test
    void a_plan_of_three_chunks_made_by_hand_becomes_playable() {
        run("analyse-header");
        AttemptId index = start("analyse-index");
        List<TrackIndex> packets = Sample.index().tracks();
        var grid = Planner.grid(Sample.facts(), packets);
        Plan plan = Planner.plan(
                row().source(),
                Sample.facts(),
                packets,
                1,
                grid,
                List.of(new Span(0, 100, false), new Span(100, 200, false), new Span(200, 250, true)));
        transactions.write(() -> {
            progression.planned(VideoRow.findById(video.value()), plan, Instant.now());
            return null;
        });
        assertThat(index).isNotNull();
        run("chunk-1");
        run("chunk-2");
        assertThat(task("assemble-180p").state).isEqualTo(TaskState.BLOCKED);
        run("chunk-0");
        Task.Assemble assemble = (Task.Assemble) task("assemble-180p").task();
        assertThat(assemble.pieces())
                .extracting(piece -> piece.object().value())
                .containsExactly("chunk-from-0-180p", "chunk-from-100-180p", "chunk-from-200-180p");
        run("assemble-180p");
        run("audio-1");
        run("assemble-audio-1");
        assertThat(row().playable()).isTrue();
    }

    @Test
    void the_first_outcome_counts_and_the_same_one_again_changes_nothing() {
        AttemptId attempt = start("analyse-header");
        succeed("analyse-header", attempt, new Result.Header(Sample.facts()));
        succeed("analyse-header", attempt, new Result.Header(Sample.facts()));
        fail("analyse-header", attempt, FailureCode.INTERNAL);
        assertThat(task("analyse-header").state).isEqualTo(TaskState.DONE);
        assertThat(transactions.read(() -> TaskRow.count("videoId", video.value())))
                .isEqualTo(2);
    }

    @Test
    void a_second_attempt_at_the_same_offer_takes_over_and_the_first_one_fails_in_vain() {
        TaskOffer offer = offer("analyse-header");
        AttemptId first = start(offer);
        AttemptId second = start(offer);
        assertThat(task("analyse-header").attemptId).isEqualTo(second.value());
        fail("analyse-header", first, FailureCode.NOT_A_VIDEO);
        assertThat(task("analyse-header").state).isEqualTo(TaskState.RUNNING);
        assertThat(attempt(first).state).isEqualTo(AttemptRow.State.LOST);
    }

    @Test
    void an_attempt_at_another_offer_than_the_running_one_gets_no_lease() {
        TaskOffer offer = offer("analyse-header");
        AttemptId running = start(offer);
        AttemptId late = AttemptId.random();
        attempts.started(new Outcome.AttemptStarted(offer.task(), late, worker, offer.offer() + 1), LEASE);
        assertThat(task("analyse-header").attemptId).isEqualTo(running.value());
    }

    @Test
    void a_result_of_an_attempt_that_was_given_up_counts_if_it_is_the_first() {
        AttemptId lost = start("analyse-header");
        expireLease("analyse-header");
        tasks.expired().stream().filter(it -> it.videoId.equals(video.value())).forEach(attempts::lost);
        assertThat(task("analyse-header").state).isEqualTo(TaskState.WAITING);
        assertThat(task("analyse-header").transientFailures).isEqualTo(1);
        succeed("analyse-header", lost, new Result.Header(Sample.facts()));
        assertThat(task("analyse-header").state).isEqualTo(TaskState.DONE);
    }

    @Test
    void a_lease_that_is_renewed_does_not_run_out() {
        AttemptId attempt = start("analyse-header");
        expireLease("analyse-header");
        tasks.renewLeases(Map.of(attempt.value(), 0.5), LEASE);
        assertThat(tasks.expired()).noneMatch(it -> it.videoId.equals(video.value()));
        assertThat(task("analyse-header").fraction).isEqualTo(0.5);
    }

    @Test
    void a_transient_failure_is_tried_five_times_then_the_video_fails() {
        for (int i = 0; i < 5; i++) {
            assertThat(row().state).isEqualTo(VideoState.PROCESSING);
            dueNow("analyse-header");
            fail("analyse-header", start("analyse-header"), FailureCode.STORE_ERROR);
        }
        assertThat(row().state).isEqualTo(VideoState.FAILED);
        assertThat(row().failureCode).isEqualTo("store-error");
    }

    @Test
    void a_tricky_source_is_tried_twice_plainly_and_twice_tolerantly() {
        analyse();
        for (Strategy strategy : List.of(Strategy.PLAIN, Strategy.PLAIN, Strategy.TOLERANT, Strategy.TOLERANT)) {
            TaskOffer offer = offer("chunk-0");
            assertThat(offer.strategy()).isEqualTo(strategy);
            fail("chunk-0", start(offer), FailureCode.DECODE_FAILED);
        }
        assertThat(row().state).isEqualTo(VideoState.REJECTED);
        assertThat(task("audio-1").state).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void a_file_that_is_not_a_video_is_rejected_at_once_with_a_sentence() {
        fail("analyse-header", start("analyse-header"), FailureCode.NOT_A_VIDEO);
        assertThat(row().state).isEqualTo(VideoState.REJECTED);
        assertThat(row().failureMessage).isEqualTo(FailureCode.NOT_A_VIDEO.sentence());
    }

    @Test
    void a_video_without_a_poster_is_ready_all_the_same() {
        analyse();
        for (String name : List.of("chunk-0", "audio-1", "assemble-180p", "assemble-audio-1", "download")) {
            run(name);
        }
        attempts.failed(new Outcome.AttemptFailed(
                task("preview").taskId(),
                start("preview"),
                worker,
                FailureClass.IMPOSSIBLE,
                FailureCode.INTERNAL,
                null));
        assertThat(row().state).isEqualTo(VideoState.READY);
    }

    @Test
    void sound_that_cannot_be_converted_leaves_a_silent_video() {
        analyse();
        succeed("audio-1", start("audio-1"), new Result.Tracks(List.of()));
        assertThat(task("assemble-audio-1").state).isEqualTo(TaskState.DONE);
        run("chunk-0");
        run("assemble-180p");
        assertThat(row().playable()).isTrue();
    }

    @Test
    void what_is_missing_makes_a_video_partial_and_says_so() {
        Result header = new Result.Header(Sample.facts());
        attempts.succeeded(new Outcome.AttemptSucceeded(
                task("analyse-header").taskId(),
                start("analyse-header"),
                worker,
                Sample.manifest(header, new Remark(Remark.Kind.LOSS, "The file ends at 0:12 of 3:30."))));
        assertThat(row().partial).isTrue();
        assertThat(row().remarkList()).extracting(Remark::text).containsExactly("The file ends at 0:12 of 3:30.");
    }

    @Test
    void chunks_of_encoders_that_do_not_fit_together_are_not_joined() {
        analyse();
        TaskOffer offer = offer("chunk-0");
        assertThat(offer.encoder()).isNull();
        succeed("chunk-0", start(offer), Sample.resultOf(offer.work()));
        assertThat(row().encoder).isEqualTo(Sample.ENCODER);
    }

    @Test
    void a_handed_back_task_waits_again_without_blame() {
        AttemptId attempt = start("analyse-header");
        attempts.handedBack(
                new Outcome.AttemptHandedBack(task("analyse-header").taskId(), attempt, worker, "the worker stops"));
        assertThat(task("analyse-header").state).isEqualTo(TaskState.WAITING);
        assertThat(task("analyse-header").transientFailures).isZero();
        assertThat(attempt(attempt).state).isEqualTo(AttemptRow.State.HANDED_BACK);
    }

    @Test
    void cancelling_stops_what_is_open_and_retrying_goes_on_from_there() {
        analyse();
        run("chunk-0");
        assertThat(videos.cancel(video)).isTrue();
        assertThat(videos.cancel(video)).isFalse();
        assertThat(row().state).isEqualTo(VideoState.CANCELLED);
        assertThat(task("assemble-180p").state).isEqualTo(TaskState.CANCELLED);
        assertThat(videos.retry(video)).isTrue();
        assertThat(task("chunk-0").state).isEqualTo(TaskState.DONE);
        assertThat(task("assemble-180p").state).isEqualTo(TaskState.WAITING);
        assertThat(task("assemble-audio-1").state).isEqualTo(TaskState.BLOCKED);
        assertThat(((Task.Assemble) task("assemble-180p").task()).pieces()).hasSize(1);
    }

    @Test
    void an_outcome_for_a_cancelled_task_is_refused() {
        AttemptId attempt = start("analyse-header");
        videos.cancel(video);
        succeed("analyse-header", attempt, new Result.Header(Sample.facts()));
        assertThat(task("analyse-header").state).isEqualTo(TaskState.CANCELLED);
        assertThat(attempt(attempt).state).isEqualTo(AttemptRow.State.SUPERSEDED);
    }

    @Test
    void an_outcome_for_a_deleted_video_is_ignored() {
        TaskOffer offer = offer("analyse-header");
        videos.delete(video);
        AttemptId attempt = start(offer);
        attempts.succeeded(new Outcome.AttemptSucceeded(
                offer.task(), attempt, worker, Sample.manifest(new Result.Header(Sample.facts()))));
        assertThat(videos.find(video)).isEmpty();
        assertThat(tasks.find(offer.task())).isEmpty();
    }

    @Test
    void a_task_is_reserved_once_and_a_lapsed_reservation_comes_back() {
        TaskRow waiting = task("analyse-header");
        assertThat(tasks.reserve(waiting.taskId(), Duration.ofSeconds(-1))).isPresent();
        assertThat(tasks.reserve(waiting.taskId(), LEASE)).isEmpty();
        tasks.takeBackStaleReservations();
        Optional<TaskOffer> again = tasks.reserve(waiting.taskId(), LEASE);
        assertThat(again).hasValueSatisfying(offer -> assertThat(offer.offer()).isEqualTo(2));
    }

    @Test
    void an_offer_that_nobody_started_is_taken_back_when_it_is_old_enough() {
        offer("analyse-header");
        tasks.takeBackForgotten(Lane.FAST, Instant.now().minus(LEASE));
        assertThat(task("analyse-header").state).isEqualTo(TaskState.OFFERED);
        tasks.takeBackForgotten(Lane.FAST, Instant.now().plus(LEASE));
        assertThat(task("analyse-header").state).isEqualTo(TaskState.WAITING);
    }

    @Test
    void a_worker_may_be_faster_than_the_note_that_the_task_was_published() {
        TaskOffer offer = tasks.reserve(task("analyse-header").taskId(), LEASE).orElseThrow();
        start(offer);
        tasks.offered(offer);
        assertThat(task("analyse-header").state).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void titles_may_be_edited_at_any_time() {
        assertThat(videos.edit(video, "Ein \"Titel\" <b>", null)).isTrue();
        assertThat(videos.edit(video, null, "Beschreibung")).isTrue();
        assertThat(row().title).isEqualTo("Ein \"Titel\" <b>");
        assertThat(row().description).isEqualTo("Beschreibung");
        assertThat(videos.edit(VideoId.random(), "x", null)).isFalse();
    }

    private AttemptRow attempt(AttemptId id) {
        return transactions.read(() -> AttemptRow.<AttemptRow>findById(id.value()));
    }

    private void expireLease(String name) {
        change(name, "leaseUntil = ?1", Instant.now().minusSeconds(1));
    }

    private void dueNow(String name) {
        change(name, "notBefore = ?1", Instant.now().minusSeconds(1));
    }

    private void change(String name, String what, Instant value) {
        transactions.write(
                () -> TaskRow.update(what + " where videoId = ?2 and name = ?3", value, video.value(), name));
    }
}
