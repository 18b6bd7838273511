package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.message.Remark;
import org.millrace.model.message.Result;
import org.millrace.worker.Clips;

@QuarkusTest
class DamageTest {

    @Inject
    Chain chain;

    @TempDir
    Path folder;

    @Test
    void a_file_that_was_cut_off_becomes_playable_and_says_where_it_ends() {
        Path movie = Clips.movie("start.mp4", 8, 25, "-g", "50", "-c:a", "aac", "-movflags", "+faststart");

        Chain.Ending ending = chain.carry(Clips.cut("cut.mp4", movie, 0.5), 0);

        assertThat(ending.failure()).isNull();
        assertThat(ending.remarks()).anySatisfy(remark -> {
            assertThat(remark.kind()).isEqualTo(Remark.Kind.LOSS);
            assertThat(remark.text()).matches("The file ends at 0:0[2-6] of 0:08\\.");
        });
        assertThat(ending.assembled("180p").seconds()).isBetween(2.0, 6.5);
    }

    @Test
    void a_transport_stream_that_begins_between_key_frames_is_whole_and_unremarked() {
        Path stream = Clips.movie("late.ts", 8, 25, "-c:v", "libx264", "-g", "60", "-c:a", "aac");

        Chain.Ending ending = chain.carry(tail(stream, 0.3), 0);

        assertThat(ending.failure()).isNull();
        assertThat(ending.isPartial()).isFalse();
    }

    @Test
    void a_picture_with_holes_becomes_playable_and_is_marked() throws IOException {
        Path stream = Clips.silent("holes.ts", 8, 25, "-c:v", "libx264", "-g", "50", "-b:v", "2M");
        byte[] bytes = Files.readAllBytes(stream);
        Random random = new Random(11);
        for (int packet = 200; packet < bytes.length / 188; packet += 2) {
            for (int i = 0; i < 40; i++) {
                bytes[packet * 188 + 100 + random.nextInt(80)] = (byte) random.nextInt(256);
            }
        }

        Chain.Ending ending = chain.carry(Files.write(folder.resolve("holes.ts"), bytes), 0);

        assertThat(ending.failure()).isNull();
        assertThat(ending.isPartial()).isTrue();
    }

    @Test
    void a_picture_that_changes_its_size_keeps_its_time() throws IOException {
        Path small = Clips.silent("small.ts", 2, 25, "-c:v", "libx264");
        Path large =
                Clips.silent("large.ts", 2, 25, "-vf", "scale=640:360", "-output_ts_offset", "2", "-c:v", "libx264");
        Path both = folder.resolve("both.ts");
        Files.write(both, Files.readAllBytes(small));
        Files.write(both, Files.readAllBytes(large), StandardOpenOption.APPEND);

        Chain.Ending ending = chain.carry(both, 0);

        assertThat(ending.failure()).isNull();
        assertThat(ending.assembled("180p").seconds()).isBetween(3.8, 4.2);
    }

    @Test
    void sound_that_cannot_be_decoded_is_left_out_with_a_note() throws IOException {
        Path movie = Clips.make(
                "opus.mkv",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x180:rate=25:duration=2",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=duration=2:sample_rate=48000",
                        "-c:v",
                        "libx264",
                        "-c:a",
                        "libopus"));
        byte[] bytes = Files.readAllBytes(movie);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int codec = text.indexOf("A_OPUS");
        System.arraycopy("A_AC3\0".getBytes(StandardCharsets.ISO_8859_1), 0, bytes, codec, 6);

        Chain.Ending ending = chain.carry(Files.write(folder.resolve("mute.mkv"), bytes), 0);

        assertThat(ending.failure()).isNull();
        assertThat(ending.isPartial()).isFalse();
        assertThat(ending.remarks()).extracting(Remark::kind).containsOnly(Remark.Kind.NOTE);
        assertThat(ending.results().get("download")).isInstanceOf(Result.File.class);
    }

    private Path tail(Path file, double without) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int from = (int) (bytes.length * without) / 188 * 188;
            return Files.write(folder.resolve("tail.ts"), Arrays.copyOfRange(bytes, from, bytes.length));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
