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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.Channels;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.plan.Leads;
import org.millrace.model.plan.PlannedTask;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Supplies;
import org.millrace.model.task.Task;
import org.millrace.model.task.Task.Part;
import org.millrace.model.task.Urgency;
import org.millrace.store.MediaStore;
import org.millrace.store.ObjectInfo;
import org.millrace.worker.Clips;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.attempt.StopReason;

/** Tracks that are published part by part, by one attempt or by several. */
@QuarkusTest
class PartsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @Inject
    AttemptRunner runner;

    @Inject
    ScratchFolder scratch;

    @Inject
    @Any
    InMemoryConnector channels;

    private final VideoId video = VideoId.random();
    private final ObjectKey source = MediaLayout.source(video);

    @Test
    void a_lead_its_chunk_and_the_next_chunk_join_with_one_init() {
        Path movie = Clips.movie("leads.mp4", 9, 30, "-vf", "scale=426:360", "-g", "100", "-c:a", "aac");
        store.put(source, movie);
        Task.EncodeChunk first = chunk("chunk-0");
        List<PlannedTask> leads = Leads.of(first, first.rungs().getLast(), Urgency.START, facts(), packets());
        List<EncodedTrack> parts = new ArrayList<>();
        for (PlannedTask lead : leads) {
            TaskOffer offer = offer(lead.task(), 0);
            Result.Tracks made = (Result.Tracks) Chain.result(chain.attempt(offer));

            assertThat(published(offer.task())).isEqualTo(made.tracks());
            assertThat(made.seam()).isNull();
            parts.addAll(made.tracks());
        }
        EncodedTrack opening = parts.getFirst();
        assertThat(opening.startTicks()).isZero();
        assertThat(bytes(opening.init())).isEqualTo(Arrays.copyOf(bytes(opening.object()), (int) opening.initBytes()));
        assertThat(parts.stream().skip(1)).extracting(EncodedTrack::init).containsOnlyNulls();

        List<EncodedTrack> pieces = new ArrayList<>(parts);
        pieces.addAll(made(first.of(first.span(), first.rungs().subList(0, 1))));
        pieces.addAll(made(chunk("chunk-1")));

        for (String rung : List.of("360p", "240p")) {
            EncodedTrack joined = made(new Task.Assemble(rung, 1, List.of()).given(new Supplies(pieces, null)))
                    .getFirst();
            assertThat(joined.samples()).isEqualTo(270);
            assertThat(joined.init()).isNotNull();
            Path file = store.localPath(joined.object()).orElseThrow();
            assertThat(Clips.pictureTimes(file)).hasSize(270);
            assertThat(Clips.complaints(file)).isEmpty();
        }
    }

    @Test
    void a_lead_that_was_killed_is_resumed_behind_its_accepted_parts() {
        Path movie = Clips.make(
                "noise.mp4",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x180:rate=60:duration=10",
                        "-vf",
                        "noise=alls=60:allf=t",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-crf",
                        "10"));
        store.put(source, movie);
        Task.EncodeChunk first = (Task.EncodeChunk) chain.planned(source, "chunk-0");
        Task.EncodeChunk whole = first.of(first.grid().whole(), first.rungs());
        TaskOffer offer = offer(whole, 0);
        List<EncodedTrack> accepted = killedAfterItsFirstPart(offer);

        assertThat(store.list(MediaLayout.work(video)).map(ObjectInfo::key))
                .containsExactlyInAnyOrderElementsOf(
                        accepted.stream().map(EncodedTrack::object).toList());
        assertThat(bytes(accepted.getFirst().init())).isNotEmpty();
        Task rest = whole.resumed(accepted);
        TaskOffer again =
                new TaskOffer(offer.task(), video, 2, Lane.FAST, Strategy.PLAIN, 1, null, rest, accepted.size());
        List<EncodedTrack> pieces = new ArrayList<>(accepted);
        pieces.addAll(((Result.Tracks) Chain.result(chain.attempt(again))).tracks());

        assertThat(sequence(offer.task()))
                .isEqualTo(IntStream.range(0, pieces.size()).boxed().toList());
        EncodedTrack joined = made(new Task.Assemble("180p", 1, pieces)).getFirst();
        assertThat(joined.samples()).isEqualTo(600);
        assertThat(joined.init()).isEqualTo(accepted.getFirst().init());
        Path file = store.localPath(joined.object()).orElseThrow();
        assertThat(Clips.pictureTimes(file)).hasSize(600).doesNotHaveDuplicates();
        assertThat(Clips.complaints(file)).isEmpty();
    }

    @Test
    void a_lead_of_which_everything_was_accepted_has_nothing_left_to_make() {
        store.put(source, Clips.silent("four.mp4", 4, 30, "-g", "250"));
        Task.EncodeChunk whole = (Task.EncodeChunk) chain.planned(source, "chunk-0");
        List<EncodedTrack> accepted = made(whole);

        Result.Tracks again = (Result.Tracks) Chain.result(chain.attempt(offer(whole.resumed(accepted), 1)));

        assertThat(accepted.stream().mapToLong(EncodedTrack::samples).sum()).isEqualTo(120);
        assertThat(again.tracks()).isEmpty();
    }

    @Test
    void a_lead_that_was_expected_to_be_longer_ends_where_its_accepted_parts_do() {
        store.put(source, Clips.silent("four.mp4", 4, 30, "-g", "250"));
        Task.EncodeChunk whole = (Task.EncodeChunk) chain.planned(source, "chunk-0");
        Task shortly = whole.of(new Span(120, 130, true), whole.rungs());
        Task longer = whole.of(new Span(120, 300, true), whole.rungs());

        assertThat(((Result.Tracks) Chain.result(chain.attempt(offer(shortly, 1)))).tracks())
                .isEmpty();
        assertThat(chain.attempt(offer(longer, 1)))
                .isInstanceOfSatisfying(
                        Outcome.AttemptFailed.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.DECODE_FAILED));
        TaskOffer tolerant = new TaskOffer(TaskId.random(), video, 3, Lane.FAST, Strategy.TOLERANT, 1, null, longer, 1);
        assertThat(((Result.Tracks) Chain.result(chain.attempt(tolerant))).tracks())
                .isEmpty();
    }

    @Test
    void the_beginning_of_a_sound_and_its_rest_are_the_whole_byte_for_byte() {
        store.put(source, Clips.make("tone.mp3", List.of("-f", "lavfi", "-i", "sine=d=30:f=700", "-b:a", "96k")));
        List<EncodedTrack> whole = made(sound(Part.WHOLE, 30, 0));
        List<EncodedTrack> lead = made(sound(Part.LEAD, 12, 0));
        long end = lead.getLast().endTicks();
        List<EncodedTrack> rest = made(sound(Part.REST, 30, end));

        assertThat(end).isBetween(9 * 48_000L, 12 * 48_000L);
        assertThat(rest.getFirst().startTicks()).isEqualTo(end);
        assertThat(whole.getFirst().init()).isNotNull();
        assertThat(rest.getFirst().init()).isNull();
        List<EncodedTrack> both = new ArrayList<>(lead);
        both.addAll(rest);
        assertThat(both)
                .extracting(EncodedTrack::initSha256)
                .containsOnly(whole.getFirst().initSha256());
        assertThat(fragments(both)).containsExactlyElementsOf(fragments(whole));
    }

    @Test
    void a_sound_that_goes_on_inside_of_a_fragment_is_refused() {
        store.put(source, Clips.make("tone.mp3", List.of("-f", "lavfi", "-i", "sine=d=30:f=700", "-b:a", "96k")));

        Outcome outcome = chain.attempt(offer(sound(Part.REST, 30, 5000), 0));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.AttemptFailed.class,
                        failure -> assertThat(failure.detail()).contains("inside of a fragment"));
    }

    private List<EncodedTrack> killedAfterItsFirstPart(TaskOffer offer) {
        Attempt attempt = new Attempt(offer, AttemptId.random(), scratch.create("killed-" + offer.task()), 1);
        CompletableFuture<Optional<Outcome>> ending = CompletableFuture.supplyAsync(() -> runner.run(attempt));
        await().atMost(SOON).until(() -> !published(offer.task()).isEmpty());
        attempt.stop(StopReason.DRAINED);
        assertThat(ending.join()).get().isInstanceOf(Outcome.AttemptHandedBack.class);
        List<EncodedTrack> accepted = published(offer.task());
        assertThat(accepted.stream().mapToLong(EncodedTrack::samples).sum()).isBetween(120L, 480L);
        return accepted;
    }

    /** A task of two rungs, published at its end, as the planner would cut it. */
    private Task.EncodeChunk chunk(String name) {
        Task.EncodeChunk planned = (Task.EncodeChunk) chain.planned(source, name);
        assertThat(planned.rungs()).hasSize(2);
        assertThat(planned.span()).isIn(new Span(0, 120, false), new Span(120, 270, true));
        return planned;
    }

    private Task.EncodeAudio sound(Part part, double seconds, long skipTicks) {
        AudioInput input = new AudioInput(0, 0.025, null, null, 1);
        return new Task.EncodeAudio(source, input, "audio-1", 64, seconds, 1, part, null, skipTicks);
    }

    private MediaFacts facts() {
        return header().facts();
    }

    private TrackIndex packets() {
        return header().packets().getFirst();
    }

    private Result.Header header() {
        Task analyse = new Task.Analyse(source, Task.Analyse.Scope.HEADER);
        return (Result.Header) Chain.result(chain.attempt(offer(analyse, 0)));
    }

    private List<EncodedTrack> made(Task task) {
        return ((Result.Tracks) Chain.result(chain.attempt(offer(task, 0)))).tracks();
    }

    private TaskOffer offer(Task task, int parts) {
        return new TaskOffer(TaskId.random(), video, 1, Lane.FAST, Strategy.PLAIN, 1, null, task, parts);
    }

    private List<EncodedTrack> published(TaskId task) {
        return announcements(task).stream().map(Outcome.PartPublished::track).toList();
    }

    private List<Integer> sequence(TaskId task) {
        return announcements(task).stream().map(Outcome.PartPublished::seq).toList();
    }

    private List<Outcome.PartPublished> announcements(TaskId task) {
        return channels.<Outcome>sink(Channels.OUTCOMES).received().stream()
                .<Outcome>map(Message::getPayload)
                .filter(Outcome.PartPublished.class::isInstance)
                .map(Outcome.PartPublished.class::cast)
                .filter(part -> part.task().equals(task))
                .toList();
    }

    /** Bytes of all fragments, each as text. */
    private List<String> fragments(List<EncodedTrack> tracks) {
        List<String> fragments = new ArrayList<>();
        for (EncodedTrack track : tracks) {
            byte[] bytes = bytes(track.object());
            for (Fragment fragment : track.fragments()) {
                fragments.add(Integer.toHexString(Arrays.hashCode(Arrays.copyOfRange(
                        bytes, (int) fragment.offset(), (int) (fragment.offset() + fragment.size())))));
            }
        }
        return fragments;
    }

    private byte[] bytes(ObjectKey key) {
        try {
            return Files.readAllBytes(store.localPath(key).orElseThrow());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
