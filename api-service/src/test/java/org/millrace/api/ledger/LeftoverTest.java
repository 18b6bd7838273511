package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;

/** Which objects of a video belong to nobody: those of attempts whose every word was lost. */
@QuarkusTest
class LeftoverTest {

    @Inject
    LeftoverLedger leftovers;

    @Inject
    VideoLedger videos;

    @Inject
    Transactions transactions;

    @Inject
    WorkerByHand hand;

    private VideoId video;
    private List<ObjectKey> unknown;

    @BeforeEach
    void upload() {
        video = hand.upload();
        AttemptId nobody = AttemptId.random();
        unknown = List.of(
                MediaLayout.published(video, 1, nobody).child("poster.jpg"),
                MediaLayout.attempt(video, TaskId.random(), nobody).child("part-0.mp4"));
    }

    @AfterEach
    void forget() {
        videos.delete(video);
    }

    @Test
    void while_somebody_works_on_a_video_nothing_of_it_is_left_over() {
        hand.analyse(Sample.small());
        assertThat(leftovers.leftovers(video, unknown)).isEmpty();
        assertThat(settled()).doesNotContain(video);
    }

    @Test
    void of_a_finished_video_only_what_nobody_knows_is_left_over() {
        hand.analyse(Sample.small());
        hand.runAll();
        assertThat(hand.row().state).isEqualTo(VideoState.READY);
        List<ObjectKey> kept =
                Stream.concat(published(), Stream.of(MediaLayout.source(video))).toList();
        assertThat(kept).hasSizeGreaterThan(4);

        assertThat(leftovers.leftovers(
                        video, Stream.concat(kept.stream(), unknown.stream()).toList()))
                .containsExactlyElementsOf(unknown);
        assertThat(settled()).contains(video);
    }

    @Test
    void what_attempts_have_made_of_a_cancelled_video_is_kept_for_the_next_try() {
        hand.analyse(Sample.small());
        hand.run("chunk-0");
        videos.cancel(video);
        ObjectKey piece = MediaLayout.attempt(
                        video, hand.task("chunk-0").taskId(), new AttemptId(hand.task("chunk-0").attemptId))
                .child("180p.mp4");
        assertThat(leftovers.leftovers(video, List.of(piece, unknown.getFirst())))
                .containsExactly(unknown.getFirst());
    }

    private Stream<ObjectKey> published() {
        return transactions.read(() -> PublishedRow.ofSet(video.value(), 1)).stream()
                .map(PublishedRow::object);
    }

    private List<VideoId> settled() {
        Instant now = Instant.now();
        return leftovers.settled(now.minusSeconds(600), now.plusSeconds(1), 1000).stream()
                .map(LeftoverLedger.Settled::video)
                .toList();
    }
}
