package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.model.task.Remark;
import org.millrace.worker.DeltaE;
import org.millrace.worker.Patches;
import org.millrace.worker.ffmpeg.Treated;

/** Transparent pictures are shown on black. */
@QuarkusTest
class TransparencyTest {

    private static final int[] OPACITIES = {0, 64, 160, 255};

    @Inject
    Sources sources;

    static Stream<Arguments> transparent() {
        return Stream.of(
                Arguments.of("prores.mov", "-c:v prores_ks -profile:v 4 -pix_fmt yuva444p10le"),
                Arguments.of("animation.mov", "-c:v qtrle -pix_fmt argb"),
                Arguments.of("png.mov", "-c:v png -pix_fmt rgba"),
                Arguments.of("ffv1.mkv", "-c:v ffv1 -pix_fmt yuva420p"),
                Arguments.of("apng.png", "-f apng -pix_fmt rgba"),
                Arguments.of("utvideo.avi", "-c:v utvideo -pix_fmt gbrap"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transparent")
    void colours_are_weighted_by_their_opacity(String name, String encoder) {
        requireOnBlack("straight-" + name, false, encoder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transparent")
    void colours_that_are_weighted_already_are_left_alone(String name, String encoder) {
        requireOnBlack("weighted-" + name, true, encoder);
    }

    @Test
    void an_opaque_picture_with_room_for_transparency_is_not_remarked_on() {
        Patches patches = patches();
        Path film =
                Patches.film("opaque.mov", patches, patches.rgb24(), "rgb24", 5, "-c:v", "qtrle", "-pix_fmt", "argb");

        Sources.Known known = sources.analyse(film);

        assertThat(known.track().hasAlpha()).isTrue();
        assertThat(known.remarks()).isEmpty();
    }

    @Test
    void what_vp9_in_webm_hides_behind_its_transparency_is_shown() {
        Patches patches = patches();
        Path film = Patches.film(
                "alpha.webm",
                patches,
                rgba(patches, false),
                "rgba",
                5,
                "-c:v",
                "libvpx-vp9",
                "-pix_fmt",
                "yuva420p",
                "-lossless",
                "1");

        Sources.Known known = sources.analyse(film);
        Treated treated = sources.treat(known, patches.width(), patches.height());

        assertThat(known.remarks()).isEmpty();
        assertThat(DeltaE.of(patches.colours().get(1), treated.rgb(1, patches.x(1), patches.y(1))))
                .isLessThan(4);
    }

    private void requireOnBlack(String name, boolean premultiplied, String encoder) {
        Patches patches = patches();
        Path film = Patches.film(name, patches, rgba(patches, premultiplied), "rgba", 5, encoder.split(" "));

        Sources.Known known = sources.analyse(film);
        Treated treated = sources.treat(known, patches.width(), patches.height());

        assertThat(known.track().color().premultiplied()).isEqualTo(premultiplied);
        assertThat(known.remarks()).extracting(Remark::text).containsExactly("Transparency was replaced by black.");
        for (int i = 0; i < patches.colours().size(); i++) {
            double opacity = OPACITIES[i % OPACITIES.length] / 255.0;
            double[] shown = patches.colours().get(i).clone();
            for (int c = 0; c < 3; c++) {
                shown[c] *= opacity;
            }
            assertThat(DeltaE.of(shown, treated.rgb(1, patches.x(i), patches.y(i))))
                    .as("patch " + i)
                    .isLessThan(5);
        }
    }

    private static Patches patches() {
        return new Patches(8, Patches.ordinary().colours().subList(16, 32));
    }

    private static byte[] rgba(Patches patches, boolean premultiplied) {
        byte[] rgb = patches.rgb24();
        ByteBuffer out = ByteBuffer.allocate(rgb.length / 3 * 4);
        for (int i = 0; i < rgb.length / 3; i++) {
            int x = i % patches.width();
            int y = i / patches.width();
            int patch = y / Patches.SIDE * patches.columns() + x / Patches.SIDE;
            int opacity = OPACITIES[patch % OPACITIES.length];
            for (int c = 0; c < 3; c++) {
                int value = rgb[3 * i + c] & 0xff;
                out.put((byte) (premultiplied ? Math.round(value * opacity / 255f) : value));
            }
            out.put((byte) opacity);
        }
        return out.array();
    }
}
