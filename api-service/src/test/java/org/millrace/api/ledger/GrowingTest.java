package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.ladder.Rung;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.model.task.Urgency;
import org.millrace.model.testing.SampleSource;

/** A video that is played while it is made: parts, leads and what can be listed of them. */
@QuarkusTest
class GrowingTest {

    @Inject
    VideoLedger videos;

    @Inject
    TaskLedger tasks;

    @Inject
    GrowthLedger growths;

    @Inject
    LeadLedger leads;

    @Inject
    Transactions transactions;

    @Inject
    WorkerByHand hand;

    private VideoId video;

    @BeforeEach
    void upload() {
        video = hand.upload();
        hand.analyse(SampleSource.of(1280, 720, 100).withSound(1, "eng", 70));
    }

    @AfterEach
    void forget() {
        videos.delete(video);
    }

    private Growth growth() {
        return growths.of(video, hand.row().buildingSet).orElseThrow();
    }

    private EncodedTrack gop(TaskOffer offer, int number) {
        Task.EncodeChunk chunk = (Task.EncodeChunk) offer.work();
        Rung rung = chunk.rungs().getFirst();
        long from = chunk.span().from() + 60L * number;
        return Sample.chunkOf(chunk, rung, from, from + 60);
    }

    private static EncodedTrack storedBy(AttemptId attempt, TaskOffer offer, EncodedTrack made) {
        return new EncodedTrack(
                made.name(),
                MediaLayout.attempt(offer.video(), offer.task(), attempt).child("part-0.mp4"),
                made.sizeBytes(),
                made.sha256(),
                made.codecs(),
                made.width(),
                made.height(),
                made.timescale(),
                made.initBytes(),
                made.initSha256(),
                made.fragments(),
                made.startTicks(),
                made.init());
    }

    @Test
    void the_first_part_and_the_sound_make_a_video_playable() {
        TaskOffer offer = hand.offer("lead-0");
        AttemptId attempt = hand.start(offer);
        hand.part("lead-0", attempt, 0, gop(offer, 0));
        assertThat(hand.row().playable()).isFalse();
        hand.run("audio-1");
        assertThat(hand.row().playable()).isTrue();
        assertThat(growth().track("240p").until()).isEqualTo(2);
        assertThat(growth().track("240p").complete()).isFalse();
        assertThat(growth().track("audio-1").complete()).isTrue();
        assertThat(growth().outline().rungs()).extracting(Rung::name).containsExactly("720p", "480p", "360p", "240p");
    }

    @Test
    void parts_are_accepted_once_in_order_and_from_the_attempt_that_holds_the_lease() {
        TaskOffer offer = hand.offer("lead-0");
        AttemptId first = hand.start(offer);
        hand.part("lead-0", first, 1, gop(offer, 1));
        assertThat(growth().track("240p")).isNull();
        hand.part("lead-0", first, 0, gop(offer, 0));
        hand.part("lead-0", first, 0, gop(offer, 0));
        hand.part("lead-0", AttemptId.random(), 1, gop(offer, 1));
        assertThat(growth().track("240p").pieces()).hasSize(1);
    }

    @Test
    void the_next_attempt_goes_on_behind_the_accepted_parts_and_both_are_the_result() {
        TaskOffer offer = hand.offer("lead-0");
        AttemptId lost = hand.start(offer);
        hand.part("lead-0", lost, 0, gop(offer, 0));
        hand.fail("lead-0", lost, FailureCode.ENCODER_KILLED);
        assertThat(growth().track("240p").until()).isEqualTo(2);

        hand.dueNow("lead-0");
        TaskOffer again = hand.offer("lead-0");
        assertThat(again.parts()).isEqualTo(1);
        assertThat(((Task.EncodeChunk) again.work()).span().from()).isEqualTo(60);
        assertThat(again.encoder()).isEqualTo(Sample.ENCODER);
        AttemptId second = hand.start(again);
        hand.part("lead-0", second, 1, gop(again, 0));
        hand.succeed("lead-0", second, Result.Tracks.of(List.of(gop(again, 0))));

        assertThat(hand.task("lead-0").state).isEqualTo(TaskState.DONE);
        assertThat(growth().track("240p").until()).isEqualTo(4);
        Result.Tracks made = (Result.Tracks) hand.task("lead-0").resultOrNull();
        assertThat(made.tracks()).extracting(EncodedTrack::startTicks).containsExactly(0L, 180_000L);
    }

    @Test
    void a_late_success_of_a_lost_attempt_does_not_replace_parts_that_are_listed() {
        TaskOffer offer = hand.offer("lead-0");
        AttemptId lost = hand.start(offer);
        hand.part("lead-0", lost, 0, gop(offer, 0));
        hand.fail("lead-0", lost, FailureCode.ENCODER_KILLED);
        hand.succeed("lead-0", lost, Sample.resultOf(offer.work()));
        assertThat(hand.task("lead-0").state).isEqualTo(TaskState.WAITING);
        assertThat(growth().track("240p").pieces()).hasSize(1);
    }

    @Test
    void a_late_success_of_an_attempt_that_another_one_went_on_with_does_not_take_its_parts_away() {
        TaskOffer offer = hand.offer("lead-0");
        AttemptId lost = hand.start(offer);
        EncodedTrack part = storedBy(lost, offer, gop(offer, 0));
        hand.part("lead-0", lost, 0, part);
        hand.fail("lead-0", lost, FailureCode.ENCODER_KILLED);
        hand.dueNow("lead-0");
        TaskOffer again = hand.offer("lead-0");
        hand.succeed("lead-0", hand.start(again), Result.Tracks.of(List.of(gop(again, 0))));
        assertThat(hand.task("lead-0").state).isEqualTo(TaskState.DONE);

        // Once this is committed, the janitor is at it.
        List<String> noted = transactions.write(() -> {
            hand.succeed("lead-0", lost, Result.Tracks.of(List.of(part, gop(offer, 1))));
            return garbage();
        });

        assertThat(noted).noneMatch(key -> part.object().value().startsWith(key));
    }

    @Test
    void a_success_that_does_not_fit_the_parts_is_refused() {
        TaskOffer offer = hand.offer("lead-0");
        AttemptId attempt = hand.start(offer);
        hand.part("lead-0", attempt, 0, gop(offer, 0));
        hand.succeed("lead-0", attempt, Result.Tracks.of(List.of(gop(offer, 1))));
        assertThat(hand.task("lead-0").state).isEqualTo(TaskState.WAITING);
        assertThat(hand.task("lead-0").failureCode).isEqualTo("output-invalid");
    }

    @Test
    void a_part_of_another_encoder_is_not_accepted() {
        hand.run("lead-0");
        TaskOffer offer = hand.offer("lead-2");
        AttemptId attempt = hand.start(offer);
        EncodedTrack mine = gop(offer, 0);
        EncodedTrack other = new EncodedTrack(
                mine.name(),
                mine.object(),
                mine.sizeBytes(),
                mine.sha256(),
                mine.codecs(),
                mine.width(),
                mine.height(),
                mine.timescale(),
                mine.initBytes(),
                "another init",
                mine.fragments(),
                mine.startTicks(),
                mine.init());
        hand.part("lead-2", attempt, 0, other);
        assertThat(hand.task("lead-2").failureCode).isEqualTo("encoder-differs");
        assertThat(growth().track("240p").until()).isEqualTo(4);
    }

    @Test
    void only_what_has_no_gap_before_it_is_listed() {
        hand.run("audio-1", "lead-2");
        assertThat(growth().track("240p")).isNull();
        hand.run("lead-0");
        assertThat(growth().track("240p").until()).isEqualTo(12);
        hand.run("chunk-1");
        assertThat(growth().track("720p")).isNull();
        hand.run("chunk-0");
        assertThat(growth().track("720p").until()).isEqualTo(12);
    }

    @Test
    void a_chunk_does_not_make_again_what_leads_make() {
        assertThat(((Task.EncodeChunk) hand.offer("chunk-0").work()).rungs())
                .extracting(Rung::name)
                .containsExactly("720p", "480p", "360p");
        assertThat(((Task.EncodeChunk) hand.offer("chunk-4").work()).rungs())
                .extracting(Rung::name)
                .containsExactly("720p", "480p", "360p", "240p");
    }

    @Test
    void a_chunk_that_would_come_too_late_for_a_viewer_is_led_when_it_is_offered() {
        hand.workAt(WorkerByHand.SLOW);
        TaskOffer offer = hand.offer("chunk-4");
        assertThat(((Task.EncodeChunk) offer.work()).rungs())
                .extracting(Rung::name)
                .doesNotContain("240p");
        assertThat(hand.names()).filteredOn(name -> name.startsWith("lead-")).hasSizeGreaterThan(4);
        hand.runAll();
        hand.succeed("chunk-4", hand.start(offer), Sample.resultOf(offer.work()));
        hand.runAll();
        assertThat(hand.row().state).isEqualTo(VideoState.READY);
        Task.Assemble assembly = (Task.Assemble) hand.task("assemble-240p").task();
        assertThat(assembly.pieces().getLast().endTicks()).isEqualTo(9_000_000);
    }

    @Test
    void a_chunk_that_is_late_although_it_was_offered_in_time_is_led_and_its_own_start_rendition_dropped() {
        hand.run("audio-1", "lead-0", "lead-2", "lead-6", "lead-10");
        TaskOffer offer = hand.offer("chunk-3");
        transactions.write(() -> {
            VideoRow row = VideoRow.findById(video.value());
            row.growingSince = row.growingSince.minusSeconds(60);
            return null;
        });
        assertThat(leads.addToLate()).isPositive();
        assertThat(leads.addToLate()).isZero();

        hand.succeed("chunk-3", hand.start(offer), Sample.resultOf(offer.work()));
        Result.Tracks made = (Result.Tracks) hand.task("chunk-3").resultOrNull();
        assertThat(made.tracks()).extracting(EncodedTrack::name).doesNotContain("240p");
        hand.runAll();
        assertThat(hand.row().state).isEqualTo(VideoState.READY);
    }

    @Test
    void every_fragment_keeps_its_number_when_pieces_are_joined() {
        hand.run("audio-1", "lead-0", "lead-2");
        Growth.Place before = growth().track("240p").place(3);
        hand.runAll();
        Growth.Place after = growth().track("240p").place(3);
        assertThat(after.fragment().duration()).isEqualTo(before.fragment().duration());
        assertThat(after.piece().object()).isNotEqualTo(before.piece().object());
        assertThat(growth().track("240p").fragments()).isEqualTo(50);
        assertThat(growth().track("240p").place(50)).isNull();
        assertThat(growth().ended()).isTrue();
        assertThat(hand.row().state).isEqualTo(VideoState.READY);
    }

    @Test
    void what_was_made_stays_playable_when_the_work_is_cancelled() {
        hand.run("audio-1", "lead-0");
        videos.cancel(video);
        assertThat(hand.row().playable()).isTrue();
        assertThat(growth().ended()).isTrue();
        assertThat(growth().track("240p").until()).isEqualTo(4);
    }

    @Test
    void pieces_are_freed_as_soon_as_they_are_joined() {
        hand.run("audio-1");
        // Once this is committed, the janitor is at it.
        List<String> noted = transactions.write(() -> {
            hand.run("assemble-audio-1");
            return garbage();
        });
        assertThat(noted)
                .anyMatch(key -> key.startsWith("work/audio-1"))
                .noneMatch(key -> key.startsWith("set/audio-1"));
    }

    @Test
    void what_a_first_picture_waits_for_is_asked_for_before_everything_else() {
        VideoId later = hand.upload();
        String owner = hand.row().owner;
        assertThat(tasks.waiting(Lane.FAST, Urgency.START, owner, 100))
                .contains(hand.task("analyse-header").taskId());
        assertThat(tasks.waiting(Lane.FAST, Urgency.FOLLOW, owner, 100)).isNotEmpty();
        assertThat(tasks.waiting(Lane.BULK, Urgency.START, owner, 100)).isEmpty();
        videos.delete(later);
    }

    private List<String> garbage() {
        return transactions.read(() -> GarbageRow.<GarbageRow>listAll().stream()
                .map(row -> row.objectKey)
                .toList());
    }
}
