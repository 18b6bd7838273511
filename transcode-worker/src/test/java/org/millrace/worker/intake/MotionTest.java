package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.worker.Clips;
import org.millrace.worker.ffmpeg.Treated;

/** Fields become frames without a comb, and a picture that changes its shape is not stretched. */
@QuarkusTest
class MotionTest {

    /** A white bar that moves 8 pixels between two fields. */
    private static final String BAR =
            "color=black:s=240x180:r=50:d=1,format=gray,geq=lum='if(between(mod(X-8*N+2400,240),60,120),235,16)',format=yuv420p";

    @TempDir
    Path folder;

    @Inject
    Chain chain;

    @Inject
    Sources sources;

    static Stream<Arguments> woven() {
        return Stream.of(
                Arguments.of("tff.mpg", "interleave_top", "-c:v mpeg2video -q:v 2 -flags +ildct+ilme -top 1"),
                Arguments.of("bff.mpg", "interleave_bottom", "-c:v mpeg2video -q:v 2 -flags +ildct+ilme -top 0"),
                Arguments.of("tff.ts", "interleave_top", "-c:v mpeg2video -q:v 2 -flags +ildct+ilme -top 1"),
                Arguments.of("tff.mp4", "interleave_top", "-c:v libx264 -qp 10 -flags +ildct+ilme -x264opts tff=1"),
                Arguments.of(
                        "bff.mkv",
                        "interleave_bottom",
                        "-c:v libx264 -qp 10 -flags +ildct+ilme -x264opts bff=1 -field_order bb"),
                Arguments.of("tff-h264.ts", "interleave_top", "-c:v libx264 -qp 10 -flags +ildct+ilme -x264opts tff=1"),
                Arguments.of(
                        "bff-prores.mov", "interleave_bottom", "-c:v prores_ks -flags +ildct -top 0 -field_order bb"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("woven")
    void moving_edges_show_no_comb(String name, String mode, String encoder) {
        String field = mode.endsWith("top") ? "tff" : "bff";
        Path film = Clips.make(
                "woven-" + name,
                Stream.concat(
                                Stream.of(
                                        "-f",
                                        "lavfi",
                                        "-i",
                                        BAR + ",tinterlace=" + mode + ",setfield=" + field,
                                        "-r",
                                        "25"),
                                Stream.of(encoder.split(" ")))
                        .toList());
        Sources.Known known = sources.analyse(film);

        Treated treated = sources.treat(known);

        assertThat(known.track().interlaced()).isTrue();
        assertThat(comb(treated)).isLessThan(0.005);
    }

    @Test
    void the_comb_of_fields_left_woven_would_be_seen() {
        Path film = Clips.make(
                "woven-undeclared.mkv",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        BAR + ",tinterlace=interleave_top,setfield=prog",
                        "-r",
                        "25",
                        "-c:v",
                        "ffv1"));

        assertThat(comb(sources.treat(sources.analyse(film)))).isGreaterThan(0.05);
    }

    @Test
    void a_picture_that_changes_its_shape_gets_bars() throws IOException {
        Treated treated = sources.treat(sources.analyse(changing("shape.ts", "320x180", "240x180", "")));

        assertThat(treated.frames()).hasSizeGreaterThan(30);
        assertThat(treated.luma(5, 4, 90)).isGreaterThan(150);
        int last = treated.frames().size() - 3;
        assertThat(treated.luma(last, 4, 90)).isLessThan(20);
        assertThat(treated.luma(last, 44, 90)).isGreaterThan(150);
        assertThat(treated.luma(last, 275, 90)).isGreaterThan(150);
        assertThat(treated.luma(last, 315, 90)).isLessThan(20);
    }

    @Test
    void a_picture_that_changes_its_size_only_fills_the_frame() throws IOException {
        Treated treated = sources.treat(sources.analyse(changing("size.ts", "320x180", "640x360", "")));

        int last = treated.frames().size() - 3;
        assertThat(treated.luma(last, 2, 2)).isGreaterThan(150);
        assertThat(treated.luma(last, 317, 177)).isGreaterThan(150);
    }

    @Test
    void a_change_of_the_pixels_shape_gets_bars_too() throws IOException {
        Treated treated =
                sources.treat(sources.analyse(changing("pixels.ts", "240x180", "240x180", "-vf setdar=16/9")));

        int last = treated.frames().size() - 3;
        assertThat(treated.luma(5, 120, 4)).isGreaterThan(150);
        assertThat(treated.luma(last, 120, 4)).isLessThan(20);
        assertThat(treated.luma(last, 120, 90)).isGreaterThan(150);
    }

    @Test
    void a_woven_picture_that_changes_its_shape_does_not_end_the_film() throws IOException {
        Treated treated =
                sources.treat(sources.analyse(changing("woven-shape.ts", "320x180", "240x180", "-flags +ildct+ilme")));

        assertThat(treated.frames()).hasSizeGreaterThan(30);
        assertThat(treated.luma(treated.frames().size() - 3, 4, 90)).isLessThan(20);
    }

    @Test
    void films_that_change_in_the_middle_are_carried_to_their_end() throws IOException {
        for (String[] kinds : new String[][] {
            {"shape", "320x180", "240x180", ""},
            {"size", "320x180", "640x360", ""},
            {"woven", "320x180", "240x180", "-flags +ildct+ilme"}
        }) {
            Chain.Ending ending = chain.carry(changing("carried-" + kinds[0] + ".ts", kinds[1], kinds[2], kinds[3]));

            assertThat(ending.failure()).as(kinds[0]).isNull();
            assertThat(ending.assembled("180p").seconds()).as(kinds[0]).isBetween(1.8, 2.2);
        }
    }

    /** Two films of a bright picture, one after the other in one stream. */
    private Path changing(String name, String first, String second, String options) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            Files.copy(part(name + "-1.ts", first, 0, options.startsWith("-flags") ? options : ""), out);
            Files.copy(part(name + "-2.ts", second, 1, options), out);
        }
        return file;
    }

    private static Path part(String name, String size, int offset, String options) {
        return Clips.make(
                name,
                Stream.concat(
                                Stream.of("-f", "lavfi", "-i", "color=0xe0e0e0:s=" + size + ":r=25:d=1"),
                                Stream.concat(
                                        options.isEmpty() ? Stream.of() : Stream.of(options.split(" ")),
                                        Stream.of("-c:v", "mpeg2video", "-q:v", "2", "-output_ts_offset", "" + offset)))
                        .toList());
    }

    /** Share of pixels whose neighbours above and below are alike and unlike them. */
    private static double comb(Treated treated) {
        long combed = 0;
        long all = 0;
        for (int frame = 3; frame < treated.frames().size() - 3; frame++) {
            for (int y = 20; y < treated.height() - 20; y++) {
                for (int x = 2; x < treated.width() - 2; x++) {
                    int above = treated.luma(frame, x, y - 1);
                    int here = treated.luma(frame, x, y);
                    int below = treated.luma(frame, x, y + 1);
                    all++;
                    combed += Math.abs(above - below) < 20 && Math.abs(here - above) > 60 ? 1 : 0;
                }
            }
        }
        return (double) combed / all;
    }
}
