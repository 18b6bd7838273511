package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.Channels;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;

/** What somebody waits for has the cores until it has something to show. */
@QuarkusTest
class PrecedenceTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    @Any
    InMemoryConnector channels;

    @Inject
    MediaStore store;

    @Inject
    Chain chain;

    @Inject
    Desk desk;

    private final VideoId video = VideoId.random();
    private final ObjectKey source = MediaLayout.source(video);

    @BeforeEach
    void forget() {
        await().atMost(SOON).until(() -> desk.tasks().isEmpty());
        channels.sink(Channels.OUTCOMES).clear();
    }

    @Test
    void the_rest_begins_once_the_first_picture_is_published_and_does_not_wait_for_its_task_to_end() {
        // Detailed pictures: parts are told in turn, a second apart, so that there is a rest to run beside.
        store.put(source, detailed("opens.mp4", "640x360"));
        TaskOffer opening = offer(Lane.FAST, whole(true));
        TaskOffer rest = offer(Lane.BULK, new Task.Analyse(source, Task.Analyse.Scope.INDEX));

        CompletableFuture<Void> opened = deliver(opening);
        await().atMost(SOON).until(() -> !told().isEmpty());
        CompletableFuture<Void> followed = deliver(rest);

        await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(() -> running(rest) || followed.isDone());
        assertThat(opened).isNotDone();
        assertThat(task(opening).orElseThrow().isAwaited()).isFalse();
        await().atMost(SOON).until(() -> opened.isDone() && followed.isDone());
        assertThat(told()).hasAtLeastOneElementOfType(Outcome.PartPublished.class);
    }

    @Test
    void what_takes_long_to_show_does_not_hold_the_others_up_for_ever() {
        store.put(source, detailed("large.mp4", "1920x1080"));
        // Published as a whole at its end, which is far away.
        TaskOffer opening = offer(Lane.FAST, whole(false));
        TaskOffer rest = offer(Lane.BULK, new Task.Analyse(source, Task.Analyse.Scope.INDEX));

        CompletableFuture<Void> opened = deliver(opening);
        await().atMost(SOON).until(() -> !told().isEmpty());
        CompletableFuture<Void> followed = deliver(rest);
        await().atMost(SOON).until(followed::isDone);

        assertThat(opened).isNotDone();
        desk.cancel(new Cancel(opening.task(), null));
        await().atMost(SOON).until(opened::isDone);
    }

    private static Path detailed(String name, String size) {
        return Clips.make(
                name,
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=" + size + ":rate=60:duration=10",
                        "-vf",
                        "noise=alls=60:allf=t",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-crf",
                        "10"));
    }

    /** The whole picture: of one size whose GOPs are published as they come, or of all sizes at the end. */
    private Task.EncodeChunk whole(boolean live) {
        Task.EncodeChunk planned = (Task.EncodeChunk) chain.planned(source, "chunk-0");
        return new Task.EncodeChunk(
                planned.source(),
                planned.video(),
                planned.grid(),
                planned.grid().whole(),
                live ? planned.rungs().subList(0, 1) : planned.rungs(),
                planned.set(),
                planned.preset(),
                null,
                live,
                null);
    }

    private TaskOffer offer(Lane lane, Task work) {
        return new TaskOffer(TaskId.random(), video, 1, lane, Strategy.PLAIN, 1, null, work, null);
    }

    private CompletableFuture<Void> deliver(TaskOffer offer) {
        CompletableFuture<Void> handled = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            desk.handle(new Delivery(offer, false, () -> {}));
            handled.complete(null);
        });
        return handled;
    }

    private List<Outcome> told() {
        return channels.<Outcome>sink(Channels.OUTCOMES).received().stream()
                .<Outcome>map(Message::getPayload)
                .toList();
    }

    private boolean running(TaskOffer offer) {
        return task(offer).filter(RunningTask::hasBegun).isPresent();
    }

    private Optional<RunningTask> task(TaskOffer offer) {
        return desk.tasks().stream().filter(task -> task.offer().equals(offer)).findFirst();
    }
}
