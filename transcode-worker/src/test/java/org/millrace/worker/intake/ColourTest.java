package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.worker.DeltaE;
import org.millrace.worker.Patches;
import org.millrace.worker.ffmpeg.Treated;

/** Colours of ordinary sources come out as they are, however they are stored. */
@QuarkusTest
class ColourTest {

    private static final double[] BT601 = {0.299, 0.114};
    private static final double[] BT709 = {0.2126, 0.0722};
    private static final double[] SMPTE240M = {0.212, 0.087};

    @Inject
    Sources sources;

    static Stream<Arguments> luma_and_chroma() {
        return Stream.of(
                Arguments.of("h264.mp4", BT709, false, "yuv420p", ":colorspace=bt709", "-c:v libx264 -qp 1"),
                Arguments.of("untagged.mp4", BT601, false, "yuv420p", "", "-c:v libx264 -qp 1"),
                Arguments.of("ntsc.mp4", BT601, false, "yuv420p", ":colorspace=smpte170m", "-c:v libx264 -qp 1"),
                Arguments.of("pal.mkv", BT601, false, "yuv420p", ":colorspace=bt470bg", "-c:v libx264 -qp 1"),
                Arguments.of("hd-1988.mov", SMPTE240M, false, "yuv420p", ":colorspace=smpte240m", "-c:v libx264 -qp 1"),
                Arguments.of("full.mp4", BT709, true, "yuv420p", ":colorspace=bt709", "-c:v libx264 -qp 1"),
                Arguments.of("jpeg.avi", BT601, true, "yuvj420p", "", "-c:v mjpeg -q:v 1 -qmin 1"),
                Arguments.of(
                        "4x2x2.mov", BT709, false, "yuv422p10le", ":colorspace=bt709", "-c:v prores_ks -profile:v 3"),
                Arguments.of("4x4x4.mp4", BT709, false, "yuv444p", ":colorspace=bt709", "-c:v libx264 -qp 1"),
                Arguments.of(
                        "10-bit.mkv",
                        BT709,
                        false,
                        "yuv420p10le",
                        ":colorspace=bt709",
                        "-c:v libx265 -x265-params log-level=error:lossless=1"),
                Arguments.of(
                        "12-bit.mkv",
                        BT709,
                        false,
                        "yuv444p12le",
                        ":colorspace=bt709",
                        "-c:v libx265 -x265-params log-level=error:lossless=1"),
                Arguments.of("vp9.webm", BT709, false, "yuv444p", ":colorspace=bt709", "-c:v libvpx-vp9 -lossless 1"),
                Arguments.of("mpeg2.mpg", BT601, false, "yuv422p", "", "-c:v mpeg2video -q:v 1 -qmin 1"),
                Arguments.of("mpeg4.avi", BT601, false, "yuv420p", "", "-c:v mpeg4 -q:v 1"),
                Arguments.of("full-10.mkv", BT709, true, "yuv422p10le", ":colorspace=bt709", "-c:v ffv1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("luma_and_chroma")
    void luma_and_chroma_keep_their_colours(
            String name, double[] weights, boolean fullRange, String pixelFormat, String tags, String encoder) {
        Patches patches = Patches.ordinary();
        String range = fullRange ? "pc" : "tv";
        // What is converted already must not be converted again on the way into the encoder.
        String kept = "scale=in_range=" + range + ":out_range=" + range + ",format=" + pixelFormat;
        Path film = Patches.film(
                "colour-" + name,
                patches,
                patches.yuv444p12(weights[0], weights[1], fullRange),
                "yuv444p12le",
                5,
                ("-vf " + kept + ",setparams=range=" + range + tags + " " + encoder).split(" "));

        // A change of the matrix rounds once more.
        requireColours(patches, sources.analyse(film), weights == SMPTE240M ? 2 : 1.2, 4);
    }

    static Stream<Arguments> graphics() {
        return Stream.of(
                Arguments.of("rgb.mkv", "-pix_fmt gbrp -c:v ffv1"),
                Arguments.of("rgb10.mkv", "-pix_fmt gbrp10le -c:v ffv1"),
                Arguments.of("rgb48.mov", "-pix_fmt rgb48be -c:v png"),
                Arguments.of("rgb24.avi", "-pix_fmt bgr24 -c:v rawvideo"),
                Arguments.of("bgr0.mkv", "-pix_fmt bgr0 -c:v ffv1"),
                Arguments.of("555.mov", "-pix_fmt rgb555be -c:v qtrle"),
                Arguments.of("rgb-h264.mp4", "-pix_fmt rgb24 -c:v libx264rgb -qp 0"),
                Arguments.of(
                        "palette.mkv",
                        "-vf split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=none -pix_fmt pal8 -c:v png"),
                Arguments.of("animation.gif", "-vf split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=none"),
                Arguments.of("animation.png", "-f apng -pix_fmt rgb24"),
                Arguments.of("straight.mov", "-pix_fmt rgba -c:v qtrle"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphics")
    void red_green_and_blue_keep_their_colours(String name, String encoder) {
        Patches patches = Patches.ordinary();
        Path film = Patches.film("colour-" + name, patches, patches.rgb24(), "rgb24", 5, encoder.split(" "));

        requireColours(
                patches, sources.analyse(film), name.startsWith("555") ? 2.5 : 1.2, name.startsWith("555") ? 8 : 4);
    }

    static Stream<Arguments> greys() {
        return Stream.of(
                Arguments.of("gray.mkv", "-pix_fmt gray -c:v ffv1"),
                Arguments.of("gray10.mkv", "-pix_fmt gray10le -c:v ffv1"),
                Arguments.of("gray-h264.mp4", "-pix_fmt gray -c:v libx264 -qp 0"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("greys")
    void greys_keep_their_brightness(String name, String encoder) {
        Patches greys = new Patches(8, Patches.ordinary().colours().subList(0, 8));
        Path film = Patches.film("colour-" + name, greys, greys.rgb24(), "rgb24", 5, encoder.split(" "));

        requireColours(greys, sources.analyse(film), 1, 2);
    }

    private void requireColours(Patches patches, Sources.Known known, double meanAllowed, double mostAllowed) {
        Treated treated = sources.treat(known, patches.width(), patches.height());
        double sum = 0;
        double most = 0;
        StringBuilder worst = new StringBuilder();
        for (int i = 0; i < patches.colours().size(); i++) {
            double[] found = treated.rgb(1, patches.x(i), patches.y(i));
            double difference = DeltaE.of(patches.colours().get(i), found);
            sum += difference;
            if (difference > most) {
                most = difference;
                worst.setLength(0);
                worst.append(i).append(": ").append(Arrays.toString(found));
            }
        }
        assertThat(sum / patches.colours().size()).as("mean, worst " + worst).isLessThan(meanAllowed);
        assertThat(most).as("most, " + worst).isLessThan(mostAllowed);
    }
}
