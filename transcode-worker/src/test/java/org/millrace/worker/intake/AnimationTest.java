package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.EncodedTrack;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;

/** Animations, slide shows and films with odd clocks come out at the right speed, once. */
@QuarkusTest
class AnimationTest {

    /** A picture that is black for a second, white for half of one, black for one and a half and white for a fifth. */
    private static final List<Double> LENGTHS = List.of(1.0, 0.5, 1.5, 0.2);

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @Test
    void a_gif_is_shown_once_at_its_own_speed() {
        requireFlashes(flashing("flashes.gif", "-loop", "0"));
    }

    @Test
    void an_animated_png_is_shown_once_at_its_own_speed() {
        requireFlashes(flashing("flashes.apng", "-f", "apng", "-plays", "0"));
    }

    @Test
    void a_film_with_pictures_of_any_length_keeps_its_speed() {
        requireFlashes(flashing("flashes.mkv", "-c:v", "ffv1"));
        requireFlashes(flashing("flashes.mp4", "-c:v", "libx264", "-bf", "2"));
    }

    @Test
    void a_slide_show_in_gif_is_converted() {
        Path slides =
                Clips.make("slides.gif", List.of("-f", "lavfi", "-i", "testsrc=s=160x90:r=1/5:d=20", "-loop", "0"));

        Chain.Ending ending = chain.carry(slides);

        assertThat(ending.failure()).isNull();
        assertThat(ending.assembled("90p").seconds()).isBetween(19.0, 21.0);
    }

    @Test
    void a_header_of_a_thousand_frames_a_second_changes_nothing() {
        Path film = Clips.make(
                "thousand-header.mkv",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=160x90:r=25:d=3",
                        "-c:v",
                        "ffv1",
                        "-r",
                        "1000",
                        "-vsync",
                        "passthrough",
                        "-enc_time_base",
                        "1/1000"));

        Chain.Ending ending = chain.carry(film);

        assertThat(ending.failure()).isNull();
        assertThat(ending.plan().grid().rate().value()).isLessThan(60.1);
        assertThat(ending.assembled("90p").seconds()).isCloseTo(3, within(0.1));
    }

    @Test
    void a_real_thousand_frames_a_second_become_fifty_or_sixty() {
        Path film = Clips.make(
                "thousand-real.mkv", List.of("-f", "lavfi", "-i", "testsrc2=s=160x90:r=1000:d=1", "-c:v", "mjpeg"));

        Chain.Ending ending = chain.carry(film);

        assertThat(ending.failure()).isNull();
        assertThat(ending.plan().grid().rate().value()).isBetween(30.0, 60.1);
        assertThat(ending.assembled("90p").seconds()).isCloseTo(1, within(0.05));
    }

    @Test
    void an_animated_webp_cannot_be_read_and_is_refused() {
        Path webp = Clips.make(
                "animation.webp", List.of("-f", "lavfi", "-i", "testsrc=s=64x64:r=5:d=1", "-c:v", "libwebp_anim"));

        assertThat(chain.carry(webp).failure().code()).isEqualTo(FailureCode.NOT_A_VIDEO);
    }

    private void requireFlashes(Path film) {
        Chain.Ending ending = chain.carry(film);

        assertThat(ending.failure()).as(film.toString()).isNull();
        EncodedTrack track = ending.assembled("90p");
        double frame = 1 / ending.plan().grid().rate().value();
        List<Double> changes = changes(store.localPath(track.object()).orElseThrow(), frame);
        assertThat(changes).as(film + " changes at").hasSize(3);
        double time = 0;
        for (int i = 0; i < 3; i++) {
            time += LENGTHS.get(i);
            assertThat(changes.get(i)).as(film + " change " + i).isCloseTo(time, within(frame + 0.011));
        }
    }

    /** When black turns white or white turns black. */
    private static List<Double> changes(Path film, double frame) {
        byte[] luma = Clips.luma(film);
        List<Double> changes = new ArrayList<>();
        for (int i = 1; i < luma.length; i++) {
            if ((luma[i] & 0xff) > 128 != (luma[i - 1] & 0xff) > 128) {
                changes.add(i * frame);
            }
        }
        return changes;
    }

    private static Path flashing(String name, String... more) {
        StringBuilder graph = new StringBuilder();
        for (int i = 0; i < LENGTHS.size(); i++) {
            graph.append(
                    "color=%s:s=160x90:r=10:d=%s[c%d];".formatted(i % 2 == 0 ? "black" : "white", LENGTHS.get(i), i));
        }
        graph.append("[c0][c1][c2][c3]concat=n=4");
        // Equal pictures are dropped: each stays for as long as it did.
        List<String> arguments =
                new ArrayList<>(List.of("-f", "lavfi", "-i", graph + ",mpdecimate=max=0", "-vsync", "passthrough"));
        arguments.addAll(List.of(more));
        return Clips.make(name, arguments);
    }
}
