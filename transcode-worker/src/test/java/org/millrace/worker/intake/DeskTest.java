package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Ladder;
import org.millrace.model.ladder.Preset;
import org.millrace.model.media.Rational;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.Channels;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Signal;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.model.task.VideoInput;
import org.millrace.model.testing.SampleSource;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.attempt.ScratchConfig;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.FfmpegInstallation;
import org.millrace.worker.ffmpeg.FfmpegRunner;
import org.millrace.worker.report.Outcomes;
import org.millrace.worker.report.Signals;
import org.millrace.worker.report.WorkerIdentity;

@QuarkusTest
class DeskTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    @Any
    InMemoryConnector channels;

    @Inject
    MediaStore store;

    @Inject
    FfmpegRunner converters;

    @Inject
    Desk desk;

    @Inject
    IntakeConfig config;

    @Inject
    Slots slots;

    @Inject
    CancelledTasks cancelled;

    @Inject
    ScratchFolder scratch;

    @Inject
    ScratchConfig scratchConfig;

    @Inject
    AttemptRunner runner;

    @Inject
    Outcomes outcomes;

    @Inject
    Signals signals;

    @Inject
    WorkerIdentity identity;

    @Inject
    Trails trails;

    @Inject
    FfmpegInstallation installation;

    private final VideoId video = VideoId.random();
    private final ObjectKey source = MediaLayout.source(video);

    @BeforeEach
    void forget() {
        await().atMost(SOON).until(() -> desk.tasks().isEmpty() && converters.runningCount() == 0);
        channels.sink(Channels.OUTCOMES).clear();
    }

    @Test
    void an_offer_from_a_channel_is_started_done_and_then_acknowledged() {
        store.put(source, Clips.movie("plain.mp4", 5, 30, "-g", "250", "-c:a", "aac"));
        TaskOffer offer = offer(new Task.Analyse(source, Task.Analyse.Scope.HEADER), 1, null);
        AtomicInteger acks = new AtomicInteger();

        channels.source(Channels.TASKS_FAST).send(Message.of(offer).withAck(() -> {
            acks.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        }));

        await().atMost(SOON).until(() -> acks.get() == 1);
        assertThat(outcomesOf(offer.task())).hasSize(2);
        assertThat(outcomesOf(offer.task()).getFirst()).isInstanceOf(Outcome.AttemptStarted.class);
        assertThat(outcomesOf(offer.task()).getLast()).isInstanceOf(Outcome.AttemptSucceeded.class);
        assertThat(attemptFolders()).isEmpty();
    }

    @Test
    void a_second_delivery_of_a_running_task_joins_it() {
        TaskOffer offer = longEncode(10);
        AtomicInteger acks = new AtomicInteger();
        deliver(new Delivery(offer, true, acks::incrementAndGet));
        awaitStart(offer);

        desk.handle(new Delivery(offer, true, acks::incrementAndGet));

        assertThat(acks).hasValue(0);
        desk.cancel(new Cancel(offer.task(), null));
        await().atMost(SOON).until(() -> acks.get() == 2);
        assertThat(outcomesOf(offer.task())).hasSize(1);
    }

    @Test
    void a_newer_offer_of_a_task_whose_attempt_ends_is_not_lost_with_that() {
        TaskOffer first = longEncode(10);
        AtomicInteger acks = new AtomicInteger();
        deliver(new Delivery(first, true, acks::incrementAndGet));
        awaitStart(first);

        Thread second = deliver(new Delivery(offeredAgain(first), true, acks::incrementAndGet));
        await().atMost(SOON).until(() -> second.getState() == Thread.State.WAITING);
        desk.cancel(new Cancel(first.task(), outcomesOf(first.task()).getFirst().attempt()));

        await().atMost(SOON).until(() -> outcomesOf(first.task()).size() == 2);
        assertThat(outcomesOf(first.task()).getLast())
                .isInstanceOfSatisfying(
                        Outcome.AttemptStarted.class,
                        started -> assertThat(started.offer()).isEqualTo(2));
        desk.cancel(new Cancel(first.task(), null));
        await().atMost(SOON).until(() -> acks.get() == 2);
    }

    @Test
    void a_cancelled_task_is_killed_at_once_and_leaves_nothing() {
        TaskOffer offer = longEncode(10);
        AtomicInteger acks = new AtomicInteger();
        deliver(new Delivery(offer, true, acks::incrementAndGet));
        awaitStart(offer);

        channels.source(Channels.CONTROL).send(new Cancel(offer.task(), null));

        await().atMost(Duration.ofSeconds(15)).until(() -> acks.get() == 1 && converters.runningCount() == 0);
        assertThat(outcomesOf(offer.task())).hasSize(1).allMatch(Outcome.AttemptStarted.class::isInstance);
        assertThat(store.list(MediaLayout.work(video))).isEmpty();
        assertThat(attemptFolders()).isEmpty();
        desk.handle(new Delivery(offer, true, acks::incrementAndGet));
        assertThat(acks).hasValue(2);
        assertThat(outcomesOf(offer.task())).hasSize(1);
    }

    @Test
    void cancelling_another_attempt_does_not_touch_this_one() {
        TaskOffer offer = longEncode(10);
        AtomicInteger acks = new AtomicInteger();
        deliver(new Delivery(offer, true, acks::incrementAndGet));
        awaitStart(offer);

        desk.cancel(new Cancel(offer.task(), AttemptId.random()));

        assertThat(desk.tasks()).extracting(RunningTask::offer).containsExactly(offer);
        assertThat(desk.tasks()).extracting(RunningTask::stopped).containsOnlyNulls();
        AttemptId mine = outcomesOf(offer.task()).getFirst().attempt();
        desk.cancel(new Cancel(offer.task(), mine));
        await().atMost(SOON).until(() -> acks.get() == 1);
        assertThat(cancelled.contains(offer.task())).isFalse();
    }

    @Test
    void a_long_task_is_acknowledged_when_it_starts() {
        TaskOffer offer = longEncode(1e6);
        AtomicInteger acks = new AtomicInteger();

        deliver(new Delivery(offer, true, acks::incrementAndGet));

        await().atMost(SOON).until(() -> acks.get() == 1);
        assertThat(outcomesOf(offer.task())).hasSize(1);
        desk.cancel(new Cancel(offer.task(), null));
        await().atMost(SOON).until(() -> converters.runningCount() == 0);
    }

    @Test
    void a_worker_that_ends_hands_back_what_cannot_finish_in_time() {
        Desk other =
                new Desk(config, slots, cancelled, scratch, runner, outcomes, signals, identity, trails, installation);
        TaskOffer offer = longEncode(1e6);
        AtomicInteger acks = new AtomicInteger();
        Thread.startVirtualThread(() -> other.handle(new Delivery(offer, false, acks::incrementAndGet)));
        awaitStart(offer);

        new Drain(config, other, outcomes).endTasks();

        assertThat(converters.runningCount()).isZero();
        assertThat(acks).hasValue(1);
        assertThat(outcomesOf(offer.task()).getLast()).isInstanceOf(Outcome.AttemptHandedBack.class);
        TaskOffer late = longEncode(10);
        other.handle(new Delivery(late, false, acks::incrementAndGet));
        assertThat(outcomesOf(late.task())).singleElement().isInstanceOf(Outcome.AttemptHandedBack.class);
        assertThat(acks).hasValue(2);
    }

    @Test
    void a_task_for_another_encoder_is_handed_back_unstarted() {
        TaskOffer offer = offer(new Task.Analyse(source, Task.Analyse.Scope.HEADER), 1, "another encoder");
        AtomicInteger acks = new AtomicInteger();

        desk.handle(new Delivery(offer, true, acks::incrementAndGet));

        assertThat(acks).hasValue(1);
        assertThat(outcomesOf(offer.task())).singleElement().isInstanceOf(Outcome.AttemptHandedBack.class);
    }

    @Test
    void a_missing_source_fails_the_attempt() {
        TaskOffer offer = offer(new Task.Analyse(source, Task.Analyse.Scope.HEADER), 1, null);

        desk.handle(new Delivery(offer, true, () -> {}));

        assertThat(outcomesOf(offer.task()).getLast())
                .isInstanceOfSatisfying(
                        Outcome.AttemptFailed.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_MISSING));
    }

    @Test
    void progress_is_told_with_growing_numbers() {
        TaskOffer offer = longEncode(10);
        AtomicInteger acks = new AtomicInteger();
        deliver(new Delivery(offer, true, acks::incrementAndGet));

        await().atMost(SOON).until(() -> progressOf(offer.task()).size() >= 3);

        desk.cancel(new Cancel(offer.task(), null));
        await().atMost(SOON).until(() -> acks.get() == 1);
        List<Signal.Progress> told = progressOf(offer.task());
        assertThat(told).extracting(Signal.Progress::seq).isSorted().doesNotHaveDuplicates();
        assertThat(told).extracting(Signal.Progress::fraction).isSorted();
        assertThat(signals()).anyMatch(Signal.WorkerAlive.class::isInstance);
    }

    private void awaitStart(TaskOffer offer) {
        await().atMost(SOON).until(() -> !outcomesOf(offer.task()).isEmpty() && converters.runningCount() > 0);
    }

    private Thread deliver(Delivery delivery) {
        return Thread.startVirtualThread(() -> desk.handle(delivery));
    }

    private TaskOffer longEncode(double weight) {
        store.put(
                source,
                Clips.make(
                        "large.mp4",
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=size=1920x1080:rate=30:duration=10",
                                "-c:v",
                                "libx264",
                                "-preset",
                                "ultrafast")));
        Grid grid = Grid.of(new Rational(30, 1), 10);
        VideoTrack picture = SampleSource.picture(0, "h264", 1920, 1080);
        return offer(
                new Task.EncodeChunk(
                        source,
                        new VideoInput(0, 0, 0, "mov,mp4,m4a,3gp,3g2,mj2", picture),
                        grid,
                        grid.whole(),
                        Ladder.rungs(1920, 1080, 30, Preset.BALANCED),
                        1,
                        Preset.BALANCED,
                        null,
                        false,
                        null),
                weight,
                null);
    }

    private TaskOffer offer(Task task, double weight, String encoder) {
        return new TaskOffer(TaskId.random(), video, 1, Lane.BULK, Strategy.PLAIN, weight, encoder, task, null);
    }

    private static TaskOffer offeredAgain(TaskOffer offer) {
        return new TaskOffer(
                offer.task(),
                offer.video(),
                offer.offer() + 1,
                offer.lane(),
                offer.strategy(),
                offer.weight(),
                offer.encoder(),
                offer.work(),
                null);
    }

    private List<Outcome> outcomesOf(TaskId task) {
        return channels.<Outcome>sink(Channels.OUTCOMES).received().stream()
                .<Outcome>map(Message::getPayload)
                .filter(outcome -> outcome.task().equals(task))
                .toList();
    }

    private List<Signal> signals() {
        return channels.<Signal>sink(Channels.PROGRESS).received().stream()
                .<Signal>map(Message::getPayload)
                .toList();
    }

    private List<Signal.Progress> progressOf(TaskId task) {
        return signals().stream()
                .filter(Signal.Progress.class::isInstance)
                .map(Signal.Progress.class::cast)
                .filter(progress -> progress.task().equals(task))
                .toList();
    }

    private List<Path> attemptFolders() {
        try (Stream<Path> files = Files.walk(scratchConfig.path())) {
            return files.filter(file -> file.getFileName().toString().startsWith("attempt-"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
