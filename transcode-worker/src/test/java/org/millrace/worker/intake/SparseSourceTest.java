package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;

/** What a worker fetches of sources that lie on S3, and what it makes of a part of them. */
@QuarkusTest
@TestProfile(OnS3.class)
class SparseSourceTest {

    private static final List<String> H264 =
            List.of("-c:v", "libx264", "-preset", "ultrafast", "-b:v", "1M", "-g", "50", "-c:a", "aac");

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @Inject
    MeterRegistry metrics;

    private final VideoId video = VideoId.random();

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mov", "mkv"})
    void of_an_indexed_file_little_more_is_fetched_than_the_chunk(String container) throws IOException {
        Path file = film(container);
        Task.EncodeChunk chunk = planned(file, "chunk-3");
        ObjectKey afar = stored(file);
        double doubts = doubts();
        long before = OnS3.bytes();

        Result.Tracks tracks = tracks(attempt(reading(afar, chunk, true)));
        long fetched = OnS3.bytes() - before;

        long span = bytesOf(chunk, afar);
        assertThat(fetched).as("%d of %d bytes", fetched, span).isBetween(span, span * 12 / 10);
        assertThat(doubts()).isEqualTo(doubts);
        assertThat(tracks.tracks())
                .allSatisfy(track ->
                        assertThat(track.samples()).isEqualTo(chunk.span().frames()));
        assertThat(pictures(tracks)).isEqualTo(pictures(straight(file, chunk)));
    }

    @ParameterizedTest
    @MethodSource("films")
    void a_part_is_enough_whatever_the_film_is_coded_with(String name, List<String> codec) {
        List<String> options = new ArrayList<>(codec);
        options.addAll(List.of("-b:v", "1M", "-c:a", name.endsWith("webm") ? "libopus" : "aac"));
        Path file = Clips.movie("sparse-" + name, 40, 25, options.toArray(String[]::new));
        Task.EncodeChunk chunk = planned(file, "chunk-1");
        ObjectKey afar = stored(file);
        double doubts = doubts();

        Result.Tracks tracks = tracks(attempt(reading(afar, chunk, true)));

        assertThat(chunk.window()).isNotNull();
        assertThat(doubts()).isEqualTo(doubts);
        assertThat(pictures(tracks)).isEqualTo(pictures(straight(file, chunk)));
    }

    static Stream<Arguments> films() {
        List<String> x264 = List.of("-c:v", "libx264", "-preset", "veryfast", "-g", "100", "-bf", "3");
        return Stream.of(
                Arguments.of("b-frames.mp4", x264),
                Arguments.of("b-frames.mkv", x264),
                Arguments.of("hevc.mp4", List.of("-c:v", "libx265", "-preset", "ultrafast", "-g", "50")),
                Arguments.of("mpeg4.mov", List.of("-c:v", "mpeg4", "-bf", "2", "-g", "50")),
                Arguments.of("mjpeg.mov", List.of("-c:v", "mjpeg")),
                Arguments.of(
                        "vp9.webm",
                        List.of("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "50")));
    }

    @Test
    void an_index_in_front_serves_as_well() {
        Path file = Clips.make(
                "sparse-front.mp4", List.of("-i", film("mp4").toString(), "-c", "copy", "-movflags", "+faststart"));
        Task.EncodeChunk chunk = planned(file, "chunk-2");
        ObjectKey afar = stored(file);
        double doubts = doubts();

        Result.Tracks tracks = tracks(attempt(reading(afar, chunk, true)));

        assertThat(doubts()).isEqualTo(doubts);
        assertThat(pictures(tracks)).isEqualTo(pictures(straight(file, chunk)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv"})
    void bytes_that_are_missing_in_a_part_are_found_out_and_the_whole_source_is_read(String container)
            throws IOException {
        Path file = film(container);
        Task.EncodeChunk chunk = planned(file, "chunk-3");
        ObjectKey afar = stored(file);
        Task part = reading(afar, chunk, true);
        pictures(tracks(attempt(part)));
        ReplicaFile.of(file).cutOut(middleOf(chunk));
        double doubts = doubts();

        Result.Tracks tracks = tracks(attempt(part));

        assertThat(doubts()).isEqualTo(doubts + 1);
        assertThat(pictures(tracks)).isEqualTo(pictures(straight(file, chunk)));
        long before = OnS3.bytes();
        tracks(attempt(part));
        assertThat(OnS3.bytes() - before).as("fetched once only").isLessThan(100_000);
    }

    @Test
    void nothing_made_of_a_part_with_a_hole_is_published_as_it_grows() throws IOException {
        Path file = film("mp4");
        Task.EncodeChunk chunk = planned(file, "chunk-1");
        ObjectKey afar = stored(file);
        tracks(attempt(live(reading(afar, chunk, true))));
        ReplicaFile.of(file).cutOut(chunk.window().from());
        double doubts = doubts();

        Result.Tracks parts = tracks(attempt(live(reading(afar, chunk, true))));

        assertThat(doubts()).isEqualTo(doubts + 1);
        assertThat(parts.tracks().stream().mapToLong(EncodedTrack::samples).sum())
                .isEqualTo(chunk.span().frames());
        Result.Tracks straight = tracks(attempt(live(reading(stored(file), chunk, false))));
        assertThat(fragments(parts)).isEqualTo(fragments(straight));
    }

    @Test
    void a_source_without_an_index_is_fetched_whole_and_once() throws IOException {
        Path file = film("mpegts");
        ObjectKey afar = stored(file);
        Task.EncodeChunk second = planned(file, "chunk-1");
        Task.EncodeChunk third = planned(file, "chunk-2");
        long before = OnS3.bytes();

        Result.Tracks tracks = tracks(attempt(reading(afar, second, true)));
        tracks(attempt(reading(afar, third, true)));

        assertThat(OnS3.bytes() - before).isBetween(Files.size(file), Files.size(file) + 200_000);
        assertThat(pictures(tracks)).isEqualTo(pictures(straight(file, second)));
    }

    @Test
    void of_a_large_file_the_header_takes_no_more_than_its_beginning() throws IOException {
        Path file = Clips.silent("large.mov", 60, 25, "-c:v", "rawvideo", "-pix_fmt", "uyvy422");
        ObjectKey afar = stored(file);
        long before = OnS3.bytes();

        Outcome outcome = attempt(new Task.Analyse(afar, Task.Analyse.Scope.HEADER));

        Result.Header header = (Result.Header) Chain.result(outcome);
        assertThat(Files.size(file)).isGreaterThan(120 << 20);
        assertThat(OnS3.bytes() - before).isLessThan(66 << 20);
        assertThat(header.whole()).isFalse();
        assertThat(header.facts().whole()).isTrue();
        assertThat(header.facts().durationSeconds()).isEqualTo(60);
        assertThat(header.packets().getFirst().packets()).isBetween(500L, 510L);
    }

    /** Eighty seconds with sound, about ten megabytes. */
    private static Path film(String format) {
        String[] options = Stream.concat(H264.stream(), Stream.of("-f", format.replace("mkv", "matroska")))
                .toArray(String[]::new);
        return Clips.movie("sparse." + format, 80, 25, options);
    }

    private ObjectKey stored(Path file) {
        ObjectKey key = MediaLayout.source(VideoId.random());
        store.put(key, file);
        return key;
    }

    /** Planned for another object, so that nothing of the source is here yet. */
    private Task.EncodeChunk planned(Path file, String name) {
        return (Task.EncodeChunk) chain.planned(stored(file), name);
    }

    private Result.Tracks straight(Path file, Task.EncodeChunk chunk) {
        return tracks(attempt(reading(stored(file), chunk, false)));
    }

    private static Task.EncodeChunk reading(ObjectKey source, Task.EncodeChunk chunk, boolean part) {
        return new Task.EncodeChunk(
                source,
                chunk.video(),
                chunk.grid(),
                chunk.span(),
                chunk.rungs(),
                chunk.set(),
                chunk.preset(),
                chunk.seekSeconds(),
                false,
                part ? chunk.window() : null);
    }

    private static Task.EncodeChunk live(Task.EncodeChunk chunk) {
        return new Task.EncodeChunk(
                chunk.source(),
                chunk.video(),
                chunk.grid(),
                chunk.span(),
                chunk.rungs(),
                chunk.set(),
                chunk.preset(),
                chunk.seekSeconds(),
                true,
                chunk.window());
    }

    /** Sizes of all fragments, however they came in parts. */
    private static List<Long> fragments(Result.Tracks tracks) {
        return tracks.tracks().stream()
                .flatMap(track -> track.fragments().stream())
                .map(Fragment::size)
                .toList();
    }

    private static Result.Tracks tracks(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.AttemptSucceeded.class);
        return (Result.Tracks) Chain.result(outcome);
    }

    private List<String> pictures(Result.Tracks tracks) {
        return tracks.tracks().stream().map(EncodedTrack::sha256).toList();
    }

    /** With one thread, because with several the encoder does not always make the same bytes. */
    private Outcome attempt(Task task) {
        return chain.attempt(
                new TaskOffer(TaskId.random(), video, 1, Lane.BULK, Strategy.PLAIN, 1, null, task, null), 1);
    }

    private double doubts() {
        return metrics.counter("millrace.worker.part.doubts").count();
    }

    /** Bytes from the key frame at which a chunk begins to be decoded to the first one behind it. */
    private long bytesOf(Task.EncodeChunk chunk, ObjectKey source) {
        Outcome index = attempt(new Task.Analyse(source, Task.Analyse.Scope.INDEX));
        TrackIndex picture = ((Result.Index) Chain.result(index)).tracks().getFirst();
        double end = chunk.grid().secondsAt(chunk.span().to());
        long behind = picture.keys().stream()
                .filter(key -> key.seconds() >= end)
                .findFirst()
                .orElseThrow()
                .position();
        return behind - picture.keyAt(chunk.seekSeconds()).orElseThrow().position();
    }

    /** An offset in the middle of a chunk. */
    private static long middleOf(Task.EncodeChunk chunk) {
        return (chunk.window().from() + chunk.window().to()) / 2;
    }
}
