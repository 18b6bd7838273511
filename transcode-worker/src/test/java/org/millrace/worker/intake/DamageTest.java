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
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.media.KeyFrame;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;

@QuarkusTest
class DamageTest {

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @TempDir
    Path folder;

    @Test
    void a_file_that_was_cut_off_becomes_playable_and_says_where_it_ends() {
        Path movie = Clips.movie("start.mp4", 8, 25, "-g", "50", "-c:a", "aac", "-movflags", "+faststart");

        Chain.Ending ending = chain.carry(Clips.cut("cut.mp4", movie, 0.5));

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

        Chain.Ending ending = chain.carry(tail(stream, 0.3));

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

        Chain.Ending ending = chain.carry(Files.write(folder.resolve("holes.ts"), bytes));

        assertThat(ending.failure()).isNull();
        assertThat(ending.isPartial()).isTrue();
    }

    @Test
    void a_file_with_a_damaged_middle_becomes_playable_and_partial() throws IOException {
        Path movie =
                Clips.movie("middle.mp4", 20, 25, "-c:v", "libx264", "-g", "100", "-sc_threshold", "0", "-c:a", "aac");

        Chain.Ending ending = chain.carry(zeroed(movie, key(movie, 8), key(movie, 16)));

        assertThat(ending.failure()).isNull();
        assertThat(ending.remarks()).isNotEmpty().allMatch(remark -> remark.kind() == Remark.Kind.LOSS);
        assertThat(ending.assembled("180p").samples()).isEqualTo(500);
        Path download = store.localPath(ending.download().object()).orElseThrow();
        assertThat(Clips.pictureTimes(download)).hasSize(500);
        assertThat(Clips.complaints(download)).isEmpty();
    }

    @Test
    void what_is_missing_at_the_end_of_a_chunk_is_held_and_a_chunk_without_a_picture_is_black() throws IOException {
        Path movie = Clips.silent(
                "beginning.mp4",
                20,
                25,
                "-c:v",
                "libx264",
                "-g",
                "25",
                "-sc_threshold",
                "0",
                "-movflags",
                "+faststart");

        Chain.Ending ending = chain.carry(zeroed(movie, key(movie, 5), Files.size(movie)));

        assertThat(ending.failure()).isNull();
        assertThat(ending.remarks())
                .extracting(Remark::text)
                .contains("From 0:05 to 0:12 the picture is missing.", "From 0:12 to 0:20 the picture is missing.");
        List<String> pictures = Clips.pictures(
                store.localPath(ending.assembled("180p").object()).orElseThrow());
        assertThat(pictures.get(499))
                .endsWith(pictures.get(301).substring(pictures.get(301).lastIndexOf(',')));
        assertThat(ending.assembled("180p").samples()).isEqualTo(500);
        assertThat(Clips.complaints(
                        store.localPath(ending.assembled("180p").object()).orElseThrow()))
                .isEmpty();
    }

    @Test
    void a_compatible_file_with_a_damaged_middle_is_not_copied_but_encoded() throws IOException {
        Path movie = Clips.movie(
                "compatible.mp4",
                20,
                25,
                "-c:v",
                "libx264",
                "-b:v",
                "200k",
                "-g",
                "50",
                "-sc_threshold",
                "0",
                "-c:a",
                "aac");

        Chain.Ending copied = chain.carry(zeroed(movie, key(movie, 8) + 9000, key(movie, 10)), PlanRequest.Limits.NONE);

        assertThat(copied.plan().copied()).isEqualTo("180p");
        assertThat(copied.failure().code()).isEqualTo(FailureCode.OUTPUT_INVALID);
    }

    @Test
    void a_picture_that_changes_its_size_keeps_its_time() throws IOException {
        Path small = Clips.silent("small.ts", 2, 25, "-c:v", "libx264");
        Path large =
                Clips.silent("large.ts", 2, 25, "-vf", "scale=640:360", "-output_ts_offset", "2", "-c:v", "libx264");
        Path both = folder.resolve("both.ts");
        Files.write(both, Files.readAllBytes(small));
        Files.write(both, Files.readAllBytes(large), StandardOpenOption.APPEND);

        Chain.Ending ending = chain.carry(both);

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

        Chain.Ending ending = chain.carry(Files.write(folder.resolve("mute.mkv"), bytes));

        assertThat(ending.failure()).isNull();
        assertThat(ending.isPartial()).isFalse();
        assertThat(ending.remarks()).extracting(Remark::kind).containsOnly(Remark.Kind.NOTE);
        assertThat(ending.results().get("download")).isInstanceOf(Result.File.class);
    }

    /** A file with zeros between two places. */
    private Path zeroed(Path file, long from, long to) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (int) from, (int) to, (byte) 0);
        return Files.write(folder.resolve("zeroed.mp4"), bytes);
    }

    /** Where the key frame of a time is. */
    private long key(Path file, double seconds) {
        VideoId video = VideoId.random();
        store.put(MediaLayout.source(video), file);
        Task analyse = new Task.Analyse(MediaLayout.source(video), Task.Analyse.Scope.HEADER);
        Result.Header header = (Result.Header) Chain.result(chain.attempt(video, analyse, Strategy.PLAIN));
        KeyFrame key = header.packets().getFirst().keyAt(seconds).orElseThrow();
        assertThat(key.seconds()).isEqualTo(seconds);
        return key.position();
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
