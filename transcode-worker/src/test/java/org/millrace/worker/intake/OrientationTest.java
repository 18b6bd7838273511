package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.ffmpeg.Treated;

/** Pictures stand upright and have their shape, pixel by pixel. */
@QuarkusTest
class OrientationTest {

    /** A gradient of luma whose every pixel says where it comes from: brighter to the right, much brighter downwards. */
    private static final String GRADIENT = "nullsrc=s=%dx%d:r=10:d=0.5,format=gray,geq=lum='16+60*X/W+150*Y/H'";

    @TempDir
    Path folder;

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @Inject
    Sources sources;

    /** The four numbers of a display matrix: what a player does to x and y. */
    static Stream<Arguments> matrices() {
        return Stream.of("mp4", "mov")
                .flatMap(container -> Stream.of(
                        Arguments.of(container, 1, 0, 0, 1),
                        Arguments.of(container, 0, 1, -1, 0),
                        Arguments.of(container, -1, 0, 0, -1),
                        Arguments.of(container, 0, -1, 1, 0),
                        Arguments.of(container, -1, 0, 0, 1),
                        Arguments.of(container, 1, 0, 0, -1),
                        Arguments.of(container, 0, 1, 1, 0),
                        Arguments.of(container, 0, -1, -1, 0)));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4}")
    @MethodSource("matrices")
    void all_eight_orientations_are_put_upright(String container, int a, int b, int c, int d) throws IOException {
        Path flat = gradient("flat." + container, 70, 42);
        Path turned = withMatrix(flat, a, b, c, d);

        Treated upright = sources.treat(sources.analyse(flat));
        Sources.Known known = sources.analyse(turned);
        int width = a == 0 ? 42 : 70;
        int height = a == 0 ? 70 : 42;

        assertThat(known.track().displayWidth()).isEqualTo(width);
        assertThat(known.track().displayHeight()).isEqualTo(height);
        requireTurned(upright, sources.treat(known, width, height), a, b, c, d);
        requireTurned(upright, sources.treatCopied(known, width, height), a, b, c, d);
    }

    private static void requireTurned(Treated upright, Treated treated, int a, int b, int c, int d) {
        for (int y = 1; y < 42; y += 4) {
            for (int x = 1; x < 70; x += 4) {
                int shownX = a * x + c * y + (a + c < 0 ? treated.width() - 1 : 0);
                int shownY = b * x + d * y + (b + d < 0 ? treated.height() - 1 : 0);
                assertThat(treated.luma(0, shownX, shownY))
                        .as("pixel %d, %d", x, y)
                        .isCloseTo(upright.luma(0, x, y), within(1));
            }
        }
    }

    @Test
    void what_is_encoded_is_upright_and_does_not_ask_to_be_turned_again() throws IOException {
        Path turned = withMatrix(gradient("flat.mp4", 70, 42), 0, 1, -1, 0);

        Chain.Ending ending = chain.carry(turned);
        EncodedTrack track = ending.assembled("42p");
        Result.Poster poster = (Result.Poster) ending.results().get("poster");
        Sources.Known made =
                sources.analyse(store.localPath(ending.download().object()).orElseThrow());

        assertThat(track.width()).isEqualTo(42);
        assertThat(track.height()).isEqualTo(70);
        assertThat(made.track().rotation()).isZero();
        assertThat(made.track().mirrored()).isFalse();
        assertThat(poster.width()).isEqualTo(42);
        assertThat(poster.height()).isEqualTo(70);
    }

    @Test
    void matroska_keeps_what_it_was_given() throws IOException {
        Path turned = withMatrix(gradient("flat.mp4", 70, 42), 0, 1, -1, 0);
        Path matroska = folder.resolve("turned.mkv");
        Files.copy(
                Clips.make("turned-" + System.nanoTime() + ".mkv", List.of("-i", turned.toString(), "-c", "copy")),
                matroska);

        Sources.Known known = sources.analyse(matroska);
        Treated treated = sources.treat(known);

        // FFmpeg writes no rotation into Matroska: then the picture has to come out as players show it, lying.
        boolean kept = known.track().rotation() == 90;
        assertThat(treated.width()).isEqualTo(kept ? 42 : 70);
    }

    @Test
    void odd_sizes_lose_no_more_than_half_a_pixel() {
        Sources.Known known = sources.analyse(gradient("odd.mkv", 71, 43, "-c:v", "ffv1"));
        Treated treated = sources.treat(known, 72, 44);

        assertThat(treated.luma(0, 0, 22)).isCloseTo(treated.luma(0, 1, 22), within(2));
        assertThat(treated.luma(0, 71, 43) - treated.luma(0, 0, 0)).isBetween(150, 190);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("anamorphic")
    void pixels_that_are_not_square_become_square(String name, String encoder, int width, int height) {
        Path film = Clips.make(
                name,
                Stream.concat(Stream.of("-f", "lavfi", "-i", circle(width, height)), Stream.of(encoder.split(" ")))
                        .toList());
        Sources.Known known = sources.analyse(film);
        Treated treated = sources.treat(known);

        assertThat((double) treated.width() / treated.height()).isCloseTo(16.0 / 9, within(0.03));
        int across = run(treated, true);
        int down = run(treated, false);
        assertThat((double) across / down).isCloseTo(1, within(0.03));
    }

    static Stream<Arguments> anamorphic() {
        return Stream.of(
                Arguments.of("dvd.mpg", "-vf setdar=16/9 -c:v mpeg2video -q:v 2", 720, 576),
                Arguments.of("ntsc-dvd.mpg", "-vf setdar=16/9 -c:v mpeg2video -q:v 2", 720, 480),
                Arguments.of("hdv.mp4", "-vf setdar=16/9 -c:v libx264 -qp 10", 1440, 1080),
                Arguments.of("anamorphic.mkv", "-vf setdar=16/9 -c:v ffv1", 240, 180),
                Arguments.of("anamorphic.mov", "-vf setdar=16/9 -c:v mpeg4 -q:v 2", 240, 180));
    }

    @Test
    void pixels_of_absurd_shape_are_taken_for_square() {
        Path film = gradient("absurd.mp4", 70, 42, "-vf", "setsar=1000/1");

        Sources.Known known = sources.analyse(film);
        Treated treated = sources.treat(known);

        assertThat(known.track().displayWidth()).isEqualTo(70);
        assertThat(treated.luma(0, 35, 40) - treated.luma(0, 35, 2)).isGreaterThan(100);
    }

    private static String circle(int width, int height) {
        // A white circle as seen on a screen of 16:9.
        return "nullsrc=s=%dx%d:r=25:d=0.4,format=gray,geq=lum='if(lt(hypot((X/W-0.5)*16,(Y/H-0.5)*9),3.5),235,16)'"
                .formatted(width, height);
    }

    /** Bright pixels on the middle row or column. */
    private static int run(Treated treated, boolean across) {
        int count = 0;
        for (int i = 0; i < (across ? treated.width() : treated.height()); i++) {
            int luma = across ? treated.luma(1, i, treated.height() / 2) : treated.luma(1, treated.width() / 2, i);
            count += luma > 128 ? 1 : 0;
        }
        return count;
    }

    private static Path gradient(String name, int width, int height, String... more) {
        return Clips.make(
                "gradient-" + name,
                Stream.concat(
                                Stream.of("-f", "lavfi", "-i", GRADIENT.formatted(width, height)),
                                more.length > 0
                                        ? Stream.of(more)
                                        : Stream.of("-pix_fmt", "yuv420p", "-c:v", "libx264", "-qp", "1"))
                        .toList());
    }

    /** The same file with another display matrix in its track header (ISO/IEC 14496-12 §8.3.2). */
    private Path withMatrix(Path movie, int a, int b, int c, int d) throws IOException {
        byte[] bytes = Files.readAllBytes(movie);
        int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd");
        int matrix = header + 8 + (bytes[header + 4] == 0 ? 20 : 32) + 16;
        ByteBuffer.wrap(bytes)
                .putInt(matrix, a << 16)
                .putInt(matrix + 4, b << 16)
                .putInt(matrix + 12, c << 16)
                .putInt(matrix + 16, d << 16);
        return Files.write(folder.resolve("turned-" + movie.getFileName()), bytes);
    }
}
