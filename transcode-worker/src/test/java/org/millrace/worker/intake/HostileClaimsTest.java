package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.Clips;
import org.millrace.worker.HostileFiles;

/** Files that claim more than they hold, or hold more than they look: refused, or converted within a budget. */
@QuarkusTest
class HostileClaimsTest {

    /** One run that reads a header may take twenty seconds. */
    private static final Duration REFUSAL = Duration.ofSeconds(25);

    private static final Duration CONVERSION = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Inject
    Aftermath aftermath;

    /** Makes a case in a folder. */
    private interface Case extends Function<HostileFiles, Path> {}

    private static Arguments of(String name, Case make, FailureCode... codes) {
        return Arguments.of(name, make, Set.of(codes));
    }

    private static Path film() {
        return Clips.movie("claims.mp4", 2, 25, "-c:a", "aac");
    }

    private static Path patched(HostileFiles files, String box, int offset, int value) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(value).array();
        return files.patched(box + "-" + offset + ".mp4", film(), box, offset, bytes);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                of("a GIF of 65535×65535", files -> files.giantGif("giant.gif"), FailureCode.PICTURE_TOO_LARGE),
                of("VP8 of 16383×16383", files -> files.giantVp8("giant.ivf"), FailureCode.PICTURE_TOO_LARGE),
                of("JPEGs of 65500×65500", files -> files.giantJpegs("giant.avi"), FailureCode.PICTURE_TOO_LARGE),
                of("a PNG of 100000×100000", files -> files.giantPng("giant.png"), FailureCode.PICTURE_TOO_LARGE),
                of("a film of 500 hours", files -> files.rapid("slow.y4m", "1:3600", 500), FailureCode.TOO_COMPLEX),
                of("a jump of a decade", files -> gap("decade", 315_360_000), FailureCode.TOO_COMPLEX),
                of("100000 edits", files -> files.edited("edits.mp4", film(), 100_000), FailureCode.TOO_COMPLEX),
                of(
                        "two thousand million times",
                        files -> patched(files, "stts", 4, 0x7fffffff),
                        FailureCode.TOO_COMPLEX),
                of(
                        "two thousand million shifts",
                        files -> patched(files, "ctts", 4, 0x7fffffff),
                        FailureCode.NOT_A_VIDEO),
                of(
                        "two thousand million sizes",
                        files -> patched(files, "stsz", 8, 0x7fffffff),
                        FailureCode.NOT_A_VIDEO),
                of("many chunks", files -> patched(files, "stsc", 4, 0x0fffffff), FailureCode.NOT_A_VIDEO),
                of(
                        "pictures beyond the end",
                        files -> patched(files, "stco", 8, 0x7fffffff),
                        FailureCode.NOTHING_DECODABLE),
                of("a sample of 2 GB", files -> patched(files, "stsz", 12, 0x7fffffff), FailureCode.NOTHING_DECODABLE),
                of("5000 boxes in each other", files -> files.nested("nested.mp4", 5000), FailureCode.NOT_A_VIDEO),
                of("nothing, 64 MB of it", files -> files.zeros("zeros.ts", 64 << 20), FailureCode.NOT_A_VIDEO),
                of(
                        "a million pictures a second",
                        files -> files.rapid("rapid.y4m", "1000000:1", 500),
                        FailureCode.NOTHING_DECODABLE,
                        FailureCode.TOO_SHORT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void what_cannot_be_converted_is_refused(String name, Case make, Set<FailureCode> codes) {
        Chain.Ending ending = aftermath.carry(make.apply(new HostileFiles(folder)), REFUSAL);

        assertThat(ending.failure()).isNotNull();
        assertThat(ending.failure().code()).isIn(codes);
        assertThat(ending.failure().code().isRejection()).isTrue();
    }

    static Stream<Arguments> converted() {
        return Stream.of(
                of("a header of ten hours", files -> patched(files, "mvhd", 16, 36_000_000)),
                of("pictures of no length", files -> patched(files, "stts", 12, 0)),
                of("pictures of hours", files -> patched(files, "stts", 12, 0x7fffff00)),
                of("a clock without ticks", files -> patched(files, "mvhd", 12, 0)),
                of("a track's clock without ticks", files -> patched(files, "mdhd", 12, 0)),
                of("a matrix of zeros", files -> files.patched("matrix.mp4", film(), "tkhd", 40, new byte[36])),
                of("1000 pictures a second", files -> files.rapid("fast.y4m", "1000:1", 1000)),
                of("a picture in five seconds", files -> files.rapid("slides.y4m", "1:5", 6)),
                of("a jump of ten minutes", files -> gap("minutes", 600)),
                of("pictures of 4096×4096 that pack well", files -> bomb()),
                of("1000 pictures", files -> many("pictures", "0:v", 1000)),
                of("900 sounds", files -> many("sounds", "1:a", 900)),
                of("500 subtitles", HostileClaimsTest::manySubtitles),
                of("200 programmes", files -> many("programmes.ts", "0:v", 200)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("converted")
    void what_can_be_converted_is(String name, Case make, Set<FailureCode> none) {
        Chain.Ending ending = aftermath.carry(make.apply(new HostileFiles(folder)), CONVERSION);

        assertThat(ending.failure()).isNull();
    }

    @Test
    void two_minutes_of_silence_in_a_small_file_are_a_sound_like_any_other() {
        Path silence = Clips.make(
                "silence.flac", List.of("-f", "lavfi", "-i", "anullsrc=r=48000:cl=7.1:d=120", "-c:a", "flac"));

        assertThat(aftermath.carry(silence, CONVERSION).failure()).isNull();
    }

    private static Path gap(String name, long seconds) {
        return Clips.make(
                "gap-" + name + ".mkv",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=64x36:r=25:d=2",
                        "-vf",
                        "setpts='PTS+if(gte(N,25)," + seconds + "/TB,0)'",
                        "-vsync",
                        "passthrough",
                        "-c:v",
                        "mjpeg"));
    }

    private static Path bomb() {
        return Clips.make(
                "bomb.avi",
                List.of("-f", "lavfi", "-i", "color=s=4096x4096:r=4:d=1", "-c:v", "zlib", "-pix_fmt", "bgr24"));
    }

    private static Path many(String name, String stream, int count) {
        List<String> list = new ArrayList<>(List.of(
                "-f", "lavfi", "-i", "testsrc2=s=32x32:r=5:d=0.4", "-f", "lavfi", "-i", "sine=d=0.4", "-map", "0:v"));
        Collections.nCopies(count - 1, stream).forEach(one -> list.addAll(List.of("-map", one)));
        list.addAll(List.of("-c:v", name.endsWith(".ts") ? "mpeg2video" : "mpeg4", "-c:a", "pcm_s16le"));
        return Clips.make("many-" + name + (name.contains(".") ? "" : ".mkv"), list);
    }

    private static Path manySubtitles(HostileFiles files) {
        Path one = files.text("one.srt", "1\n00:00:00,100 --> 00:00:00,200\nHello\n");
        List<String> list = new ArrayList<>(
                List.of("-f", "lavfi", "-i", "testsrc2=s=32x32:r=5:d=1", "-i", one.toString(), "-map", "0:v"));
        Collections.nCopies(500, "1:s").forEach(stream -> list.addAll(List.of("-map", stream)));
        list.addAll(List.of("-c:v", "mpeg4", "-c:s", "srt"));
        return Clips.make("many-subtitles.mkv", list);
    }
}
