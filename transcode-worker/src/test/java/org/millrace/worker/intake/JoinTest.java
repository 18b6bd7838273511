package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.model.message.Result;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.NumberedClip;

/**
 * What chunks join to against what one encoder makes of the same source in one go: the same pictures at the same times, the
 * same sound, and both together.
 */
@QuarkusTest
class JoinTest {

    private static final String RUNG = "72p";
    private static final double EXACT = 0;
    private static final double HALF_A_FRAME = 0.02;

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    /**
     * A source.
     *
     * @param name of its file
     * @param rate frames per second
     * @param frames how many
     * @param tolerance of its times in seconds, because its container rounds them
     * @param options how it is made
     */
    record Source(String name, String rate, int frames, double tolerance, String... options) {

        Path file() {
            return NumberedClip.make(name, rate, frames, options);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Source> sources() {
        return Stream.of(
                mp4("film.mp4", "24000/1001", 408),
                mp4("pal.mp4", "25", 425),
                mp4("ntsc.mp4", "30000/1001", 510),
                mp4("thirty.mp4", "30", 510),
                mp4("fifty.mp4", "50", 850),
                mp4("sixty.mp4", "60", 1020),
                source("open-gop.mp4", "25", 425, EXACT, x264("open-gop=1:keyint=48:scenecut=0", "mp4")),
                // The sound of these begins first, by less than a frame: the picture moves to the next place of the
                // grid.
                source("stream.ts", "25", 425, HALF_A_FRAME, x264("keyint=250:scenecut=0", "mpegts")),
                source("matroska.mkv", "30000/1001", 510, HALF_A_FRAME, x264("keyint=250:scenecut=0", "matroska")),
                source(
                        "vpx.webm",
                        "30",
                        510,
                        HALF_A_FRAME,
                        "-c:v",
                        "libvpx",
                        "-deadline",
                        "realtime",
                        "-cpu-used",
                        "8",
                        "-g",
                        "128",
                        "-b:v",
                        "600k",
                        "-c:a",
                        "libopus"),
                source(
                        "uneven.mp4",
                        "30",
                        510,
                        HALF_A_FRAME,
                        "-vf",
                        "select='not(eq(mod(n,7),3)+eq(mod(n,11),5))'",
                        "-fps_mode",
                        "vfr",
                        "-c:v",
                        "libx264",
                        "-g",
                        "250",
                        "-bf",
                        "2",
                        "-c:a",
                        "aac"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void chunks_join_to_what_one_encoder_makes(Source source) {
        Path file = source.file();
        Chain.Ending straight = chain.carry(file, new PlanRequest.Limits(true, true));
        Chain.Ending joined = chain.carry(file, new PlanRequest.Limits(false, true), JoinTest::atTheirEnd);

        assertThat(straight.failure()).isNull();
        assertThat(joined.failure()).isNull();
        assertThat(joined.remarks()).isEmpty();
        List<Result.Tracks> chunks = chunks(joined);
        assertThat(chunks).hasSize(3);
        for (int i = 1; i < chunks.size(); i++) {
            assertThat(chunks.get(i - 1).seam().next()).isNotNull();
            assertThat(chunks.get(i - 1).seam().fits(chunks.get(i).seam())).isTrue();
        }
        EncodedTrack one = straight.assembled(RUNG);
        EncodedTrack many = joined.assembled(RUNG);
        assertThat(many.initSha256()).isEqualTo(one.initSha256());
        assertThat(many.samples()).isEqualTo(one.samples());
        assertThat(Clips.pictureTimes(file(many))).isEqualTo(Clips.pictureTimes(file(one)));
        assertThat(NumberedClip.numbers(file(many))).isEqualTo(NumberedClip.numbers(file(one)));
        assertThat(Clips.complaints(file(many))).isEmpty();
        assertThat(joined.assembled("audio-1").samples())
                .isEqualTo(straight.assembled("audio-1").samples());
        assertPictureAndSoundTogether(
                source, store.localPath(joined.download().object()).orElseThrow());
    }

    private static void assertPictureAndSoundTogether(Source source, Path download) {
        List<Double> flashes = NumberedClip.flashes(download);
        List<Double> beeps = NumberedClip.beeps(download);
        double start = Clips.startSeconds(source.file());
        List<Double> before = NumberedClip.flashes(source.file()).stream()
                .map(time -> time - start)
                .toList();
        List<Double> heard = NumberedClip.beeps(source.file());
        assertThat(flashes).hasSameSizeAs(before).hasSizeGreaterThanOrEqualTo(16);
        assertThat(beeps).hasSameSizeAs(heard).hasSameSizeAs(flashes);
        for (int i = 0; i < flashes.size(); i++) {
            double offset = flashes.get(i) - beeps.get(i);
            assertThat(offset).isCloseTo(before.get(i) - heard.get(i), within(source.tolerance() + 0.001));
        }
    }

    /** The same pictures in the same order as in the source, where every frame of the source has one of the grid. */
    @ParameterizedTest
    @MethodSource("steady")
    void every_frame_of_a_steady_source_is_shown_once_and_in_its_place(Source source) {
        Chain.Ending joined = chain.carry(source.file(), new PlanRequest.Limits(false, true));

        assertThat(joined.failure()).isNull();
        List<Integer> shown = NumberedClip.numbers(file(joined.assembled(RUNG)));
        assertThat(shown).isSorted().hasSizeBetween(source.frames(), source.frames() + 1);
        assertThat(shown.stream().distinct())
                .containsExactlyElementsOf(
                        IntStream.range(0, source.frames()).boxed().toList());
    }

    static Stream<Source> steady() {
        return sources().filter(source -> !source.name().startsWith("uneven"));
    }

    private static List<Result.Tracks> chunks(Chain.Ending ending) {
        return ending.results().entrySet().stream()
                .filter(result -> result.getKey().startsWith("chunk-"))
                .sorted(Map.Entry.comparingByKey())
                .map(result -> (Result.Tracks) result.getValue())
                .toList();
    }

    /** Chunks that publish nothing before their end. */
    private static Task atTheirEnd(Task task) {
        return task instanceof Task.EncodeChunk chunk
                ? new Task.EncodeChunk(
                        chunk.source(),
                        chunk.video(),
                        chunk.grid(),
                        chunk.span(),
                        chunk.rungs(),
                        chunk.set(),
                        chunk.preset(),
                        chunk.seekSeconds(),
                        false,
                        chunk.window())
                : task;
    }

    private Path file(EncodedTrack track) {
        return store.localPath(track.object()).orElseThrow();
    }

    private static Source mp4(String name, String rate, int frames) {
        return source(name, rate, frames, EXACT, x264("keyint=250:scenecut=0", "mp4"));
    }

    private static Source source(String name, String rate, int frames, double tolerance, String... options) {
        return new Source(name, rate, frames, tolerance, options);
    }

    private static String[] x264(String parameters, String format) {
        return new String[] {
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-bf",
            "3",
            "-b_strategy",
            "0",
            "-x264-params",
            parameters,
            "-c:a",
            "aac",
            "-f",
            format
        };
    }
}
