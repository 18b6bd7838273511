package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Strategy;

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
    Transactions transactions;

    @Inject
    WorkerByHand hand;

    private VideoId video;

    @BeforeEach
    void upload() {
        video = hand.upload();
    }

    @AfterEach
    void forget() {
        videos.delete(video);
    }

    private VideoRow row() {
        return hand.row();
    }

    private TaskRow task(String name) {
        return hand.task(name);
    }

    private static Result.Header small() {
        return Sample.header(Sample.small());
    }

    private void analyse() {
        hand.analyse(Sample.small());
    }

    @Test
    void a_video_goes_from_upload_to_ready_task_by_task() {
        assertThat(row().state).isEqualTo(VideoState.PROCESSING);
        assertThat(task("analyse-header").state).isEqualTo(TaskState.WAITING);
        analyse();
        hand.run("chunk-0");
        assertThat(row().playable()).isFalse();
        hand.run("audio-1");
        assertThat(row().playable()).isTrue();
        assertThat(row().publishedSet).isNull();
        hand.run("chunk-1");
        assertThat(task("assemble-180p").state).isEqualTo(TaskState.BLOCKED);
        hand.run("assemble-audio-1", "assemble-180p");
        assertThat(row().publishedSet).isEqualTo(1);
        assertThat(row().state).isEqualTo(VideoState.PROCESSING);
        hand.run("download", "storyboard", "poster");
        assertThat(row().state).isEqualTo(VideoState.READY);
        assertThat(row().progress).isEqualTo(100);
        List<PublishedRow> published = transactions.read(() -> PublishedRow.ofSet(video.value(), 1));
        assertThat(published)
                .extracting(it -> it.name)
                .contains("180p", "audio-1", "download", "poster", "storyboard", "clip");
    }

    @Test
    void the_first_outcome_counts_and_the_same_one_again_changes_nothing() {
        AttemptId attempt = hand.start("analyse-header");
        hand.succeed("analyse-header", attempt, small());
        hand.succeed("analyse-header", attempt, small());
        hand.fail("analyse-header", attempt, FailureCode.INTERNAL);
        assertThat(task("analyse-header").state).isEqualTo(TaskState.DONE);
        assertThat(hand.names()).doesNotHaveDuplicates().hasSize(9);
    }

    @Test
    void a_second_attempt_at_the_same_offer_takes_over_and_the_first_one_fails_in_vain() {
        TaskOffer offer = hand.offer("analyse-header");
        AttemptId first = hand.start(offer);
        AttemptId second = hand.start(offer);
        assertThat(task("analyse-header").attemptId).isEqualTo(second.value());
        hand.fail("analyse-header", first, FailureCode.NOT_A_VIDEO);
        assertThat(task("analyse-header").state).isEqualTo(TaskState.RUNNING);
        assertThat(hand.attempt(first).state).isEqualTo(AttemptRow.State.LOST);
    }

    @Test
    void a_failure_may_quote_whatever_the_file_holds() {
        AttemptId attempt = hand.start("analyse-header");
        attempts.failed(new Outcome.AttemptFailed(
                task("analyse-header").taskId(),
                attempt,
                hand.id(),
                FailureClass.TRANSIENT,
                FailureCode.INTERNAL,
                "tag \0 \u202e \ud83c\udfac \ud800 '%_\""));
        assertThat(task("analyse-header").failureDetail).startsWith("tag   \u202e \ud83c\udfac ");
    }

    @Test
    void an_attempt_at_another_offer_than_the_running_one_gets_no_lease() {
        TaskOffer offer = hand.offer("analyse-header");
        AttemptId running = hand.start(offer);
        AttemptId late = AttemptId.random();
        attempts.started(new Outcome.AttemptStarted(offer.task(), late, hand.id(), offer.offer() + 1), LEASE);
        assertThat(task("analyse-header").attemptId).isEqualTo(running.value());
    }

    @Test
    void a_finding_of_an_attempt_that_was_given_up_counts_if_it_is_the_first() {
        AttemptId lost = hand.start("analyse-header");
        hand.expireLease("analyse-header");
        tasks.expired().stream().filter(it -> it.videoId.equals(video.value())).forEach(attempts::lost);
        assertThat(task("analyse-header").state).isEqualTo(TaskState.WAITING);
        assertThat(task("analyse-header").transientFailures).isEqualTo(1);
        hand.succeed("analyse-header", lost, small());
        assertThat(task("analyse-header").state).isEqualTo(TaskState.DONE);
    }

    @Test
    void objects_of_an_attempt_that_was_given_up_are_no_result_however_late_they_are_reported() {
        analyse();
        TaskOffer offer = hand.offer("chunk-0");
        AttemptId lost = hand.start(offer);
        hand.expireLease("chunk-0");
        tasks.expired().stream().filter(it -> it.videoId.equals(video.value())).forEach(attempts::lost);
        hand.succeed("chunk-0", lost, Sample.resultOf(offer.work()));
        assertThat(task("chunk-0").state).isEqualTo(TaskState.WAITING);
        assertThat(hand.attempt(lost).state).isEqualTo(AttemptRow.State.LOST);
        hand.dueNow("chunk-0");
        hand.run("chunk-0");
        assertThat(task("chunk-0").state).isEqualTo(TaskState.DONE);
    }

    @Test
    void a_lease_that_is_renewed_does_not_run_out() {
        AttemptId attempt = hand.start("analyse-header");
        hand.expireLease("analyse-header");
        tasks.renewLeases(Map.of(attempt.value(), 0.5), LEASE, Duration.ofHours(1));
        assertThat(tasks.expired()).noneMatch(it -> it.videoId.equals(video.value()));
        assertThat(task("analyse-header").fraction).isEqualTo(0.5);
    }

    @Test
    void a_transient_failure_is_tried_five_times_then_the_video_fails() {
        for (int i = 0; i < 5; i++) {
            assertThat(row().state).isEqualTo(VideoState.PROCESSING);
            hand.dueNow("analyse-header");
            hand.fail("analyse-header", hand.start("analyse-header"), FailureCode.STORE_ERROR);
        }
        assertThat(row().state).isEqualTo(VideoState.FAILED);
        assertThat(row().failureCode).isEqualTo("store-error");
    }

    @Test
    void a_tricky_source_is_tried_twice_plainly_and_twice_tolerantly() {
        analyse();
        for (Strategy strategy : List.of(Strategy.PLAIN, Strategy.PLAIN, Strategy.TOLERANT, Strategy.TOLERANT)) {
            TaskOffer offer = hand.offer("chunk-0");
            assertThat(offer.strategy()).isEqualTo(strategy);
            hand.fail("chunk-0", hand.start(offer), FailureCode.DECODE_FAILED);
        }
        assertThat(row().state).isEqualTo(VideoState.REJECTED);
        assertThat(task("audio-1").state).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void a_file_that_is_not_a_video_is_rejected_at_once_with_a_sentence() {
        hand.fail("analyse-header", hand.start("analyse-header"), FailureCode.NOT_A_VIDEO);
        assertThat(row().state).isEqualTo(VideoState.REJECTED);
        assertThat(row().failureMessage).isEqualTo(FailureCode.NOT_A_VIDEO.sentence());
    }

    @Test
    void a_video_without_a_poster_is_ready_all_the_same() {
        analyse();
        hand.run("chunk-0", "chunk-1", "audio-1", "assemble-audio-1", "assemble-180p", "download", "storyboard");
        attempts.failed(new Outcome.AttemptFailed(
                task("poster").taskId(),
                hand.start("poster"),
                hand.id(),
                FailureClass.IMPOSSIBLE,
                FailureCode.INTERNAL,
                null));
        assertThat(row().state).isEqualTo(VideoState.READY);
    }

    @Test
    void sound_that_cannot_be_converted_leaves_a_silent_video() {
        analyse();
        hand.run("chunk-0");
        assertThat(row().playable()).isFalse();
        hand.succeed("audio-1", hand.start("audio-1"), Result.Tracks.of(List.of()));
        assertThat(row().playable()).isTrue();
        assertThat(task("assemble-audio-1").state).isEqualTo(TaskState.DONE);
        hand.run("chunk-1", "assemble-180p");
        assertThat(row().publishedSet).isEqualTo(1);
    }

    @Test
    void what_is_missing_makes_a_video_partial_and_says_so() {
        Result header = small();
        attempts.succeeded(new Outcome.AttemptSucceeded(
                task("analyse-header").taskId(),
                hand.start("analyse-header"),
                hand.id(),
                Sample.manifest(header, new Remark(Remark.Kind.LOSS, "The file ends at 0:12 of 3:30."))));
        assertThat(row().partial).isTrue();
        assertThat(row().remarkList()).extracting(Remark::text).containsExactly("The file ends at 0:12 of 3:30.");
    }

    @Test
    void chunks_of_encoders_that_do_not_fit_together_are_not_joined() {
        analyse();
        TaskOffer offer = hand.offer("chunk-0");
        assertThat(offer.encoder()).isNull();
        hand.succeed("chunk-0", hand.start(offer), Sample.resultOf(offer.work()));
        assertThat(row().encoder).isEqualTo(Sample.ENCODER);
    }

    @Test
    void a_handed_back_task_waits_again_without_blame() {
        AttemptId attempt = hand.start("analyse-header");
        attempts.handedBack(
                new Outcome.AttemptHandedBack(task("analyse-header").taskId(), attempt, hand.id(), "the worker stops"));
        assertThat(task("analyse-header").state).isEqualTo(TaskState.WAITING);
        assertThat(task("analyse-header").transientFailures).isZero();
        assertThat(hand.attempt(attempt).state).isEqualTo(AttemptRow.State.HANDED_BACK);
    }

    @Test
    void cancelling_stops_what_is_open_and_retrying_goes_on_from_there() {
        analyse();
        hand.run("chunk-0");
        assertThat(videos.cancel(video)).isTrue();
        assertThat(videos.cancel(video)).isFalse();
        assertThat(row().state).isEqualTo(VideoState.CANCELLED);
        assertThat(task("assemble-180p").state).isEqualTo(TaskState.CANCELLED);
        assertThat(videos.retry(video)).isTrue();
        assertThat(task("chunk-0").state).isEqualTo(TaskState.DONE);
        assertThat(task("chunk-1").state).isEqualTo(TaskState.WAITING);
        assertThat(task("assemble-180p").state).isEqualTo(TaskState.BLOCKED);
        hand.runAll();
        assertThat(row().state).isEqualTo(VideoState.READY);
    }

    @Test
    void an_outcome_for_a_cancelled_task_is_refused() {
        AttemptId attempt = hand.start("analyse-header");
        videos.cancel(video);
        hand.succeed("analyse-header", attempt, small());
        assertThat(task("analyse-header").state).isEqualTo(TaskState.CANCELLED);
        assertThat(hand.attempt(attempt).state).isEqualTo(AttemptRow.State.SUPERSEDED);
    }

    @Test
    void an_outcome_for_a_deleted_video_is_ignored() {
        TaskOffer offer = hand.offer("analyse-header");
        videos.delete(video);
        AttemptId attempt = hand.start(offer);
        attempts.succeeded(new Outcome.AttemptSucceeded(offer.task(), attempt, hand.id(), Sample.manifest(small())));
        assertThat(videos.find(video)).isEmpty();
        assertThat(tasks.find(offer.task())).isEmpty();
    }

    @Test
    void a_task_is_reserved_once_and_a_lapsed_reservation_comes_back() {
        TaskRow waiting = task("analyse-header");
        assertThat(tasks.reserve(waiting.taskId(), Duration.ofSeconds(-1), WorkerByHand.FAST, OptionalLong.empty()))
                .isPresent();
        assertThat(tasks.reserve(waiting.taskId(), LEASE, WorkerByHand.FAST, OptionalLong.empty()))
                .isEmpty();
        tasks.takeBackStaleReservations();
        Optional<TaskOffer> again = tasks.reserve(waiting.taskId(), LEASE, WorkerByHand.FAST, OptionalLong.empty());
        assertThat(again).hasValueSatisfying(offer -> assertThat(offer.offer()).isEqualTo(2));
    }

    @Test
    void an_offer_that_nobody_started_is_taken_back_when_it_is_old_enough() {
        hand.offer("analyse-header");
        tasks.takeBackForgotten(Lane.FAST, Instant.now().minus(LEASE));
        assertThat(task("analyse-header").state).isEqualTo(TaskState.OFFERED);
        tasks.takeBackForgotten(Lane.FAST, Instant.now().plus(LEASE));
        assertThat(task("analyse-header").state).isEqualTo(TaskState.WAITING);
    }

    @Test
    void a_worker_may_be_faster_than_the_note_that_the_task_was_published() {
        TaskOffer offer = tasks.reserve(task("analyse-header").taskId(), LEASE, WorkerByHand.FAST, OptionalLong.empty())
                .orElseThrow();
        hand.start(offer);
        tasks.offered(List.of(offer));
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
}
