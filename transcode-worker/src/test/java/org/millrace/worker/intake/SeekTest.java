package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Seam;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.model.task.VideoInput;
import org.millrace.store.MediaStore;
import org.millrace.worker.NumberedClip;

/** Sources that do not seek to where they are asked to: what comes of it is found out, or right. */
@QuarkusTest
class SeekTest {

    private static final int FRAMES = 425;

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    private final VideoId video = VideoId.random();
    private final ObjectKey source = MediaLayout.source(video);

    @Test
    void a_seek_that_ends_late_is_found_out_by_the_count_and_mended() {
        store.put(source, stream());
        Task.EncodeChunk planned = (Task.EncodeChunk) chain.planned(source, "chunk-1");
        Task.EncodeChunk late = with(planned, planned.video(), 1.48 + 4.0);

        Outcome plain = chain.attempt(video, late, Strategy.PLAIN);
        Outcome tolerant = chain.attempt(video, late, Strategy.TOLERANT);

        assertThat(plain).isInstanceOfSatisfying(Outcome.AttemptFailed.class, failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.OUTPUT_INVALID);
            assertThat(failure.failureClass()).isEqualTo(FailureClass.TRICKY);
        });
        assertThat(numbers(tolerant)).isEqualTo(range(99, 299));
        assertThat(((Outcome.AttemptSucceeded) tolerant).manifest().remarks()).isEmpty();
    }

    @Test
    void a_seek_that_ends_with_other_times_is_found_out_by_the_seam() {
        Path movie = NumberedClip.make(
                "seek.mp4", "25", FRAMES, "-c:v", "libx264", "-g", "250", "-preset", "veryfast", "-c:a", "aac");
        store.put(source, movie);
        Task.EncodeChunk first = (Task.EncodeChunk) chain.planned(source, "chunk-0");
        Task.EncodeChunk second = (Task.EncodeChunk) chain.planned(source, "chunk-1");
        VideoInput shifted = new VideoInput(
                second.video().track(),
                second.video().startSeconds() + 0.04,
                0,
                second.video().container(),
                second.video().facts());

        Seam before = seam(with(first, first.video(), first.seekSeconds()));
        Seam right = seam(with(second, second.video(), second.seekSeconds()));
        Seam wrong = seam(with(second, shifted, second.seekSeconds()));

        assertThat(before.fits(right)).isTrue();
        assertThat(before.fits(wrong)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void what_a_container_makes_of_a_seek_is_right_or_found_out(String format, List<String> codecs) {
        List<String> options = new ArrayList<>(List.of("-bf", "2", "-g", "250"));
        options.addAll(codecs);
        options.addAll(List.of("-f", format));
        Path file = NumberedClip.make("seek." + format, "25", FRAMES, options.toArray(String[]::new));

        Chain.Ending straight = chain.carry(file, new PlanRequest.Limits(true, true));
        Chain.Ending joined = chain.carry(file, new PlanRequest.Limits(false, true), SeekTest::atItsEnd);

        assertThat(joined.failure()).isNull();
        assertThat(joined.remarks()).isEqualTo(straight.remarks());
        List<Integer> expected = NumberedClip.numbers(file(straight.assembled("72p")));
        List<Integer> found = NumberedClip.numbers(file(joined.assembled("72p")));
        List<Seam> seams = IntStream.range(0, 3)
                .mapToObj(i -> ((Result.Tracks) joined.results().get("chunk-" + i)).seam())
                .toList();
        boolean doubted = IntStream.range(1, 3)
                .anyMatch(i -> seams.get(i - 1) != null && !seams.get(i - 1).fits(seams.get(i)));
        assertThat(found.equals(expected) || doubted)
                .as("%s: %s instead of %s", format, found, expected)
                .isTrue();
        assertThat(joined.assembled("72p").samples())
                .isEqualTo(straight.assembled("72p").samples());
    }

    static Stream<Arguments> containers() {
        List<String> x264 = List.of("-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac");
        List<String> mpeg2 = List.of("-c:v", "mpeg2video", "-q:v", "3", "-c:a", "mp2");
        return Stream.of(
                Arguments.of("mpegts", x264),
                Arguments.of("mpeg", mpeg2),
                Arguments.of("vob", mpeg2),
                Arguments.of("avi", List.of("-c:v", "mpeg4", "-q:v", "3", "-c:a", "mp3")),
                Arguments.of("asf", List.of("-c:v", "msmpeg4v3", "-q:v", "3", "-bf", "0", "-c:a", "wmav2")),
                Arguments.of("flv", x264),
                Arguments.of("nut", x264),
                Arguments.of("h264", List.of("-an", "-c:v", "libx264", "-preset", "veryfast")));
    }

    private static Path stream() {
        return NumberedClip.make(
                "seek.mpegts",
                "25",
                FRAMES,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-c:a",
                "aac",
                "-bf",
                "2",
                "-g",
                "250",
                "-f",
                "mpegts");
    }

    private Seam seam(Task task) {
        return ((Result.Tracks) Chain.result(chain.attempt(video, task, Strategy.PLAIN))).seam();
    }

    private List<Integer> numbers(Outcome outcome) {
        return NumberedClip.numbers(
                file(((Result.Tracks) Chain.result(outcome)).tracks().getFirst()));
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static Task atItsEnd(Task task) {
        return task instanceof Task.EncodeChunk chunk ? with(chunk, chunk.video(), chunk.seekSeconds()) : task;
    }

    /** The same chunk, published at its end, read in another way. */
    private static Task.EncodeChunk with(Task.EncodeChunk chunk, VideoInput input, Double seekSeconds) {
        return new Task.EncodeChunk(
                chunk.source(),
                input,
                chunk.grid(),
                chunk.span(),
                chunk.rungs(),
                chunk.set(),
                chunk.preset(),
                seekSeconds,
                false,
                null);
    }

    private Path file(EncodedTrack track) {
        return store.localPath(track.object()).orElseThrow();
    }
}
