package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.FiguresLedger.Backlog;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Lane;

/** What the ledger tells dashboards, on whichever database this build is made for. */
@QuarkusTest
class FiguresTest {

    @Inject
    FiguresLedger figures;

    @Inject
    VideoLedger videos;

    @Inject
    Transactions transactions;

    @Inject
    WorkerByHand hand;

    @Inject
    Clock clock;

    @Inject
    Heard heard;

    private VideoId video;

    /** Everything that was told. */
    @ApplicationScoped
    static class Heard {

        private final List<Milestone> milestones = new CopyOnWriteArrayList<>();

        void on(@Observes Milestone milestone) {
            milestones.add(milestone);
        }

        List<Milestone> of(VideoId video) {
            return milestones.stream().filter(it -> it.video().equals(video)).toList();
        }
    }

    @BeforeEach
    void upload() {
        video = hand.upload();
    }

    @AfterEach
    void forget() {
        videos.delete(video);
    }

    @Test
    void a_task_is_counted_where_it_stands_and_its_age_begins_when_it_could_first_be_started() {
        long before = count(Lane.FAST, TaskState.WAITING);
        assertThat(before).isPositive();
        assertThat(figures.backlog())
                .filteredOn(row -> row.lane() == Lane.FAST && row.state() == TaskState.WAITING)
                .singleElement()
                .satisfies(row -> assertThat(row.since()).isBeforeOrEqualTo(clock.instant()));

        hand.start("analyse-header");

        assertThat(count(Lane.FAST, TaskState.WAITING)).isEqualTo(before - 1);
        assertThat(count(Lane.FAST, TaskState.RUNNING)).isPositive();
    }

    @Test
    void a_task_that_is_put_off_for_want_of_room_is_as_old_as_it_was() {
        Instant longAgo = clock.instant().minus(Duration.ofHours(2));
        transactions.write(() -> {
            TaskRow task = TaskRow.findById(hand.task("analyse-header").id);
            task.updatedAt = longAgo;
            task.notBefore = clock.instant().plus(Duration.ofSeconds(15));
            return null;
        });

        assertThat(figures.backlog())
                .filteredOn(row -> row.lane() == Lane.FAST && row.state() == TaskState.WAITING)
                .singleElement()
                .satisfies(row -> assertThat(row.since()).isBefore(longAgo.plusSeconds(1)));
    }

    @Test
    void videos_and_their_bytes_are_added_up() {
        long bytes = sourceBytes();
        assertThat(bytes).isGreaterThanOrEqualTo(1000);
        transactions.write(() -> {
            VideoRow row = VideoRow.findById(video.value());
            row.sourceDroppedAt = clock.instant();
            return null;
        });
        assertThat(sourceBytes()).isEqualTo(bytes - 1000);
        assertThat(figures.publishedBytes()).isNotNegative();
    }

    @Test
    void what_is_planned_counts_as_taken_until_it_is_there() {
        FiguresLedger.Usage before = figures.usage();
        hand.analyse(Sample.small());
        long planned = figures.usage().expected() - before.expected();
        assertThat(planned)
                .isPositive()
                .isEqualTo(hand.task("chunk-0").bytes + hand.task("chunk-1").bytes + hand.task("audio-1").bytes);

        hand.run("chunk-0", "audio-1", "chunk-1");
        assertThat(figures.usage().expected() - before.expected())
                .as("pieces are part of what is expected")
                .isEqualTo(planned);

        hand.run("assemble-audio-1", "assemble-180p", "download", "storyboard", "poster");
        FiguresLedger.Usage after = figures.usage();
        assertThat(after.expected()).isEqualTo(before.expected());
        assertThat(after.sets() - before.sets())
                .isEqualTo(figures.publishedBytes(video))
                .isPositive();
        assertThat(after.sources()).isEqualTo(before.sources());
        assertThat(after.videos()).isEqualTo(before.videos());
    }

    @Test
    void work_that_was_stopped_counts_with_the_pieces_that_it_has_made() {
        FiguresLedger.Usage before = figures.usage();
        hand.analyse(Sample.small());
        hand.run("chunk-0");
        videos.cancel(video);

        assertThat(figures.usage().expected() - before.expected()).isEqualTo(hand.task("chunk-0").bytes);
    }

    @Test
    void each_milestone_is_told_once_and_with_its_figures() {
        hand.analyse(Sample.small());
        hand.run(
                "chunk-0",
                "audio-1",
                "chunk-1",
                "assemble-audio-1",
                "assemble-180p",
                "download",
                "storyboard",
                "poster");

        List<String> told = new ArrayList<>();
        heard.of(video).forEach(it -> told.add(it.getClass().getSimpleName()));
        assertThat(told).containsOnlyOnce("Uploaded", "Playable", "Ready").doesNotContain("Failed");
        assertThat(heard.of(video))
                .filteredOn(Milestone.AttemptEnded.class::isInstance)
                .map(Milestone.AttemptEnded.class::cast)
                .hasSize(9)
                .allSatisfy(ended -> {
                    assertThat(ended.how()).isEqualTo(AttemptRow.State.SUCCEEDED);
                    assertThat(ended.code()).isEmpty();
                    // Each chunk was made in a second, as the worker says, and is seconds long.
                    assertThat(ended.speed() > 1).isEqualTo(ended.kind().equals("encode chunk"));
                });
    }

    @Test
    void a_failure_has_its_reason_and_a_late_copy_of_it_is_not_told_again() {
        AttemptId attempt = hand.start("analyse-header");
        hand.fail("analyse-header", attempt, FailureCode.STORE_ERROR);
        hand.fail("analyse-header", attempt, FailureCode.STORE_ERROR);

        assertThat(heard.of(video))
                .filteredOn(Milestone.AttemptEnded.class::isInstance)
                .map(Milestone.AttemptEnded.class::cast)
                .singleElement()
                .satisfies(ended -> {
                    assertThat(ended.how()).isEqualTo(AttemptRow.State.FAILED);
                    assertThat(ended.code()).isEqualTo("store-error");
                    assertThat(ended.lane()).isEqualTo(Lane.FAST);
                });
    }

    private long count(Lane lane, TaskState state) {
        return figures.backlog().stream()
                .filter(row -> row.lane() == lane && row.state() == state)
                .mapToLong(Backlog::count)
                .sum();
    }

    private long sourceBytes() {
        return figures.library().stream()
                .mapToLong(FiguresLedger.Library::sourceBytes)
                .sum();
    }
}
