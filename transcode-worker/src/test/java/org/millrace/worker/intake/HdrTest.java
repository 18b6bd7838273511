package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.DeltaE;
import org.millrace.worker.Patches;
import org.millrace.worker.ffmpeg.Treated;

/**
 * High dynamic range becomes what the reference chain of this test makes of it. The chain: EOTF of BT.2100 (for HLG with
 * its OOTF for 1000 cd/m²), the curve of BT.2390 §5.4.1 on the brightest component from the picture's peak to 203 cd/m²,
 * BT.2020 to BT.709 primaries, colours outside drawn to their grey, and the inverse of the BT.1886 EOTF. BT.2390 is the
 * curve that the ITU recommends for showing a picture on a screen of a lower peak: it leaves everything up to mid grey as
 * it is and never clips. 203 cd/m² is the reference white of BT.2408, so that white text stays white. The code value is
 * that of BT.1886 and not that of the camera curve of BT.709, because PQ is light of a screen already: the camera curve
 * would darken it by another system gamma of 1.2.
 */
@QuarkusTest
class HdrTest {

    private static final double[] BRIGHTNESSES = {0.5, 2, 10, 30, 80, 203, 400, 1000};

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @Inject
    Sources sources;

    @Test
    void hdr10_of_the_usual_peak_looks_as_the_reference_says() {
        requireReference("hdr10.mp4", false, 1000, "max-cll=1000,400:master-display=" + mastered(1000));
    }

    @Test
    void the_peak_of_the_content_bends_the_curve() {
        requireReference("hdr10-bright.mkv", false, 4000, "max-cll=4000,400:master-display=" + mastered(4000));
        requireReference("hdr10-dim.mkv", false, 400, "max-cll=400,200:master-display=" + mastered(1000));
    }

    @Test
    void where_the_content_does_not_say_the_screen_of_its_maker_does() {
        requireReference("hdr10-screen.mp4", false, 2000, "master-display=" + mastered(2000));
    }

    @Test
    void a_file_that_says_nothing_is_taken_for_the_usual_peak() {
        requireReference("pq.mp4", false, 1000, "hdr10=0");
    }

    @Test
    void hybrid_log_gamma_looks_as_the_reference_says() {
        requireReference("hlg.mp4", true, 1000, "hdr10=0");
    }

    @Test
    void what_is_encoded_says_that_it_is_ordinary_and_looks_as_the_reference_says() {
        Patches patches = patches(false);
        Path film = film("hdr10.mp4", patches, false, "max-cll=1000,400:master-display=" + mastered(1000));

        Chain.Ending ending = chain.carry(film);
        Path made = store.localPath(ending.assembled("128p").object()).orElseThrow();

        assertThat(Clips.tags(made)).isEqualTo("tv,bt709,bt709,bt709");
        double[] differences = new double[patches.colours().size()];
        for (int i = 0; i < differences.length; i++) {
            int[] rgb = Clips.pixel(
                    made, (double) patches.x(i) / patches.width(), (double) patches.y(i) / patches.height());
            double[] found = {rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0};
            differences[i] = DeltaE.of(reference(patches.colours().get(i), false, 1000), found);
        }
        assertThat(Arrays.stream(differences).average().orElseThrow()).isLessThan(3);
        assertThat(Arrays.stream(differences).max().orElseThrow()).isLessThan(8);
    }

    private void requireReference(String name, boolean hlg, int peak, String metadata) {
        Patches patches = patches(hlg);
        Path film = film(name, patches, hlg, metadata);
        Sources.Known known = sources.analyse(film);
        Treated treated = sources.treat(known, patches.width(), patches.height());

        List<Double> differences = new ArrayList<>();
        double most = 0;
        String worst = "";
        for (int i = 0; i < patches.colours().size(); i++) {
            double[] signal = patches.colours().get(i);
            double[] expected = reference(signal, hlg, peak);
            double[] found = treated.rgb(1, patches.x(i), patches.y(i));
            differences.add(DeltaE.of(expected, found));
            if (differences.getLast() > most) {
                most = differences.getLast();
                worst = Arrays.toString(signal) + " " + Arrays.toString(expected) + " " + Arrays.toString(found);
            }
        }
        double mean =
                differences.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        System.out.println(name + ": mean ΔE2000 " + mean + ", most " + most);
        assertThat(mean).as("mean difference").isLessThan(3);
        assertThat(most).as("worst: " + worst).isLessThan(8);
        assertThat(treated.hd()).isTrue();
    }

    private static Path film(String name, Patches patches, boolean hlg, String metadata) {
        String curve = hlg ? "arib-std-b67" : "smpte2084";
        return Patches.film(
                name,
                patches,
                patches.yuv444p12(0.2627, 0.0593, false),
                "yuv444p12le",
                5,
                "-vf",
                "scale=in_range=tv:out_range=tv,format=yuv420p10le,setparams=range=tv:color_primaries=bt2020:color_trc="
                        + curve + ":colorspace=bt2020nc",
                "-c:v",
                "libx265",
                "-preset",
                "ultrafast",
                "-x265-params",
                "log-level=error:qp=4:" + metadata);
    }

    private static String mastered(int nits) {
        return "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(" + nits * 10_000 + ",50)";
    }

    /** Greys and colours of BT.2020 at many brightnesses, as signals. */
    private static Patches patches(boolean hlg) {
        List<double[]> colours = new ArrayList<>();
        double[][] hues = {
            {1, 1, 1},
            {1, 0.5, 0.5},
            {0.5, 1, 0.5},
            {0.5, 0.5, 1},
            {1, 0.8, 0.6},
            {0.2, 1, 1},
            {1, 0.1, 0.8},
            {1, 0.9, 0}
        };
        for (double nits : BRIGHTNESSES) {
            for (double[] hue : hues) {
                double[] light = {hue[0] * nits, hue[1] * nits, hue[2] * nits};
                colours.add(
                        hlg
                                ? hlgSignal(light)
                                : Arrays.stream(light).map(HdrTest::pqSignal).toArray());
            }
        }
        return new Patches(8, colours);
    }

    private static double[] reference(double[] signal, boolean hlg, double peak) {
        double[] light = hlg
                ? hlgLight(signal)
                : Arrays.stream(signal).map(HdrTest::pqLight).toArray();
        double brightest = Math.max(light[0], Math.max(light[1], light[2]));
        double scale = brightest == 0 ? 0 : eetf(brightest, peak) / brightest / 203;
        double r = light[0] * scale;
        double g = light[1] * scale;
        double b = light[2] * scale;
        double[] narrow = {
            1.6605 * r - 0.5876 * g - 0.0728 * b,
            -0.1246 * r + 1.1329 * g - 0.0083 * b,
            -0.0182 * r - 0.1006 * g + 1.1187 * b
        };
        double grey = Math.clamp(0.2126 * narrow[0] + 0.7152 * narrow[1] + 0.0722 * narrow[2], 0, 1);
        double share = 1;
        for (double value : narrow) {
            if (value < 0) {
                share = Math.min(share, grey / (grey - value));
            } else if (value > 1) {
                share = Math.min(share, (1 - grey) / (value - grey));
            }
        }
        double kept = share;
        return Arrays.stream(narrow)
                .map(value -> Math.pow(Math.clamp(grey + kept * (value - grey), 0, 1), 1 / 2.4))
                .toArray();
    }

    private static double eetf(double nits, double peak) {
        double e1 = Math.min(1, pqSignal(nits) / pqSignal(peak));
        double maxLum = pqSignal(203) / pqSignal(peak);
        double ks = 1.5 * maxLum - 0.5;
        if (e1 < ks) {
            return nits;
        }
        double t = (e1 - ks) / (1 - ks);
        double p = (2 * Math.pow(t, 3) - 3 * t * t + 1) * ks
                + (Math.pow(t, 3) - 2 * t * t + t) * (1 - ks)
                + (-2 * Math.pow(t, 3) + 3 * t * t) * maxLum;
        return pqLight(p * pqSignal(peak));
    }

    private static double pqSignal(double nits) {
        double y = Math.pow(nits / 10_000, 0.1593017578125);
        return Math.pow((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y), 78.84375);
    }

    private static double pqLight(double signal) {
        double p = Math.pow(signal, 1 / 78.84375);
        return 10_000 * Math.pow(Math.max(p - 0.8359375, 0) / (18.8515625 - 18.6875 * p), 1 / 0.1593017578125);
    }

    private static double[] hlgSignal(double[] light) {
        double y = (0.2627 * light[0] + 0.6780 * light[1] + 0.0593 * light[2]) / 1000;
        return Arrays.stream(light)
                .map(nits -> nits / 1000 * Math.pow(y, -0.2 / 1.2))
                .map(scene -> Math.min(
                        1,
                        scene <= 1.0 / 12
                                ? Math.sqrt(3 * scene)
                                : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073))
                .toArray();
    }

    private static double[] hlgLight(double[] signal) {
        double[] scene = Arrays.stream(signal)
                .map(e -> e <= 0.5 ? e * e / 3 : (Math.exp((e - 0.55991073) / 0.17883277) + 0.28466892) / 12)
                .toArray();
        double y = 0.2627 * scene[0] + 0.6780 * scene[1] + 0.0593 * scene[2];
        return Arrays.stream(scene).map(e -> 1000 * Math.pow(y, 0.2) * e).toArray();
    }
}
