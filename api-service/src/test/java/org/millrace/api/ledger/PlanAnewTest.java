package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Preset;
import org.millrace.model.ladder.Rung;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Seam;
import org.millrace.model.task.Task;
import org.millrace.model.testing.SampleSource;

/** Plans that turn out to be wrong, or that somebody wants otherwise: another set beside the one that is played. */
@QuarkusTest
class PlanAnewTest {

    @Inject
    VideoLedger videos;

    @Inject
    TaskLedger tasks;

    @Inject
    GarbageLedger garbage;

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

    private static Seam seam(int first, int next) {
        return new Seam(picture(first), picture(next));
    }

    private static String picture(int gray) {
        byte[] pixels = new byte[Seam.WIDTH * Seam.HEIGHT];
        pixels[0] = (byte) gray;
        return Base64.getEncoder().encodeToString(pixels);
    }

    private void chunk(String name, Seam seam, Remark... remarks) {
        TaskOffer offer = hand.offer(name);
        Result.Tracks made = (Result.Tracks) Sample.resultOf(offer.work());
        hand.succeed(name, hand.start(offer), new Result.Tracks(made.tracks(), seam), remarks);
    }

    private void makeLong() {
        hand.analyse(SampleSource.of(1280, 720, 100));
    }

    @Test
    void chunks_that_do_not_go_on_where_their_neighbours_stop_are_made_in_one_piece() {
        makeLong();
        chunk("chunk-1", seam(10, 20));
        assertThat(hand.row().buildingSet).isEqualTo(1);
        chunk("chunk-2", seam(99, 30));
        assertThat(hand.row().buildingSet).isEqualTo(2);
        assertThat(hand.row().onePiece).isTrue();
        assertThat(hand.names()).contains("lead-0", "chunk-0").doesNotContain("chunk-1");
        hand.runAll();
        assertThat(hand.row().state).isEqualTo(VideoState.READY);
        assertThat(hand.row().publishedSet).isEqualTo(2);
    }

    @Test
    void chunks_that_fit_are_left_alone_whatever_their_order() {
        makeLong();
        chunk("chunk-2", seam(20, 30));
        chunk("chunk-1", seam(10, 20));
        assertThat(hand.row().buildingSet).isEqualTo(1);
    }

    @Test
    void where_the_source_is_damaged_pictures_may_differ() {
        makeLong();
        chunk("chunk-1", seam(10, 20));
        chunk("chunk-2", seam(99, 30), new Remark(Remark.Kind.LOSS, "Parts of the picture are damaged in the file."));
        assertThat(hand.row().buildingSet).isEqualTo(1);
        assertThat(hand.row().partial).isTrue();
    }

    @Test
    void a_picture_that_cannot_be_copied_is_encoded() {
        hand.analyse(SampleSource.compatible(1280, 720, 20));
        for (int i = 0; i < 4; i++) {
            hand.fail("copy-720p", hand.start("copy-720p"), FailureCode.OUTPUT_INVALID);
        }
        assertThat(hand.row().noCopy).isTrue();
        assertThat(hand.row().outlineOrNull().copied()).isNull();
        assertThat(hand.row().state).isEqualTo(VideoState.PROCESSING);
        hand.runAll();
        assertThat(hand.row().state).isEqualTo(VideoState.READY);
    }

    @Test
    void sound_that_is_given_up_is_left_out_and_said() {
        hand.analyse(Sample.small());
        for (int i = 0; i < 4; i++) {
            hand.fail("audio-1", hand.start("audio-1"), FailureCode.OUTPUT_INVALID);
        }
        hand.runAll();
        assertThat(hand.row().state).isEqualTo(VideoState.READY);
        assertThat(hand.row().partial).isTrue();
    }

    @Test
    void encoding_again_keeps_the_old_set_until_the_new_one_is_finished() {
        hand.analyse(Sample.small());
        hand.runAll();
        assertThat(videos.encodeAgain(video, new PlanRequest.Wishes(Preset.SMALL, true)))
                .isTrue();
        assertThat(hand.row().state).isEqualTo(VideoState.PROCESSING);
        assertThat(hand.row().publishedSet).isEqualTo(1);
        assertThat(videos.encodeAgain(video, PlanRequest.Wishes.DEFAULT)).isFalse();

        Task.EncodeChunk chunk = (Task.EncodeChunk) hand.task("chunk-0").task();
        assertThat(chunk.preset()).isEqualTo(Preset.SMALL);
        assertThat(chunk.rungs()).extracting(Rung::crf).containsOnly(Preset.SMALL.crf());
        hand.runAll();
        assertThat(hand.row().publishedSet).isEqualTo(2);
        assertThat(hand.row().state).isEqualTo(VideoState.READY);
    }

    @Test
    void work_on_the_new_set_is_not_among_what_is_dropped_of_the_old_one() {
        hand.analyse(Sample.small());
        hand.runAll();
        videos.encodeAgain(video, PlanRequest.Wishes.DEFAULT);
        TaskOffer begun = hand.offer("chunk-0");
        assertThat(garbage.due(1000))
                .extracting(row -> new ObjectKey(row.objectKey))
                .filteredOn(key -> key.isUnder(MediaLayout.work(video)))
                .isNotEmpty()
                .noneMatch(MediaLayout.task(video, begun.task())::isUnder);
    }

    @Test
    void encoding_again_that_fails_leaves_the_old_set_playable() {
        hand.analyse(Sample.small());
        hand.runAll();
        videos.encodeAgain(video, PlanRequest.Wishes.DEFAULT);
        hand.fail("chunk-0", hand.start("chunk-0"), FailureCode.SOURCE_MISSING);
        assertThat(hand.row().state).isEqualTo(VideoState.FAILED);
        assertThat(hand.row().playable()).isTrue();
        assertThat(hand.row().publishedSet).isEqualTo(1);
    }

    @Test
    void without_its_source_a_video_cannot_be_encoded_again() {
        hand.analyse(Sample.small());
        hand.runAll();
        assertThat(videos.dropSources(Instant.now().minusSeconds(60))).isZero();
        assertThat(videos.dropSources(Instant.now().plusSeconds(1))).isPositive();
        assertThat(hand.row().sourceDroppedAt).isNotNull();
        assertThat(videos.encodeAgain(video, PlanRequest.Wishes.DEFAULT)).isFalse();
    }

    @Test
    void a_video_whose_encoder_is_gone_is_begun_anew() {
        makeLong();
        hand.run("lead-0");
        assertThat(videos.planAnewWithout(Set.of(Sample.ENCODER), Instant.now().plusSeconds(1)))
                .isZero();
        assertThat(videos.planAnewWithout(Set.of("another"), Instant.now().minusSeconds(60)))
                .isZero();
        assertThat(videos.planAnewWithout(Set.of("another"), Instant.now().plusSeconds(1)))
                .isEqualTo(1);
        assertThat(hand.row().buildingSet).isEqualTo(2);
        assertThat(hand.row().encoder).isNull();
    }

    @Test
    void what_an_older_planner_has_planned_is_planned_anew_from_the_header_on() {
        makeLong();
        transactions.write(() -> VideoRow.update("planVersion = 1 where id = ?1", video.value()));
        assertThat(videos.planOutdatedAnew()).isEqualTo(1);
        assertThat(hand.names()).containsExactly("analyse-header");
        makeLong();
        assertThat(hand.names()).contains("chunk-0");
    }

    @Test
    void an_owner_may_choose_the_poster_and_the_choice_outlives_the_set() {
        hand.analyse(Sample.small());
        hand.runAll();
        assertThat(videos.choosePoster(video, 99)).isFalse();
        assertThat(videos.choosePoster(video, 2.5)).isTrue();
        String name = hand.names().getLast();
        Task.Preview poster = (Task.Preview) hand.task(name).task();
        assertThat(poster.atSeconds()).isEqualTo(2.5);
        assertThat(poster.source().value()).isEqualTo("set/180p");
        hand.run(name);
        assertThat(hand.row().state).isEqualTo(VideoState.READY);

        videos.encodeAgain(video, PlanRequest.Wishes.DEFAULT);
        assertThat(((Task.Preview) hand.task("poster").task()).atSeconds()).isEqualTo(2.5);
    }

    @Test
    void a_task_without_room_for_its_result_waits_and_says_so() {
        hand.analyse(Sample.small());
        TaskRow chunk = hand.task("chunk-0");
        assertThat(tasks.reserve(chunk.taskId(), WorkerByHand.LEASE, WorkerByHand.FAST, OptionalLong.of(1000)))
                .isEmpty();
        assertThat(hand.task("chunk-0").state).isEqualTo(TaskState.WAITING);
        assertThat(hand.task("chunk-0").failureCode).isEqualTo("out-of-space");
        assertThat(tasks.reserve(chunk.taskId(), WorkerByHand.LEASE, WorkerByHand.FAST, OptionalLong.of(1L << 40)))
                .isPresent();
    }

    @Test
    void a_worker_without_space_is_no_reason_to_give_up() {
        for (int i = 0; i < 8; i++) {
            hand.dueNow("analyse-header");
            AttemptId attempt = hand.start("analyse-header");
            hand.fail("analyse-header", attempt, FailureCode.OUT_OF_SPACE);
        }
        assertThat(hand.row().state).isEqualTo(VideoState.PROCESSING);
        assertThat(hand.task("analyse-header").transientFailures).isZero();
    }
}
