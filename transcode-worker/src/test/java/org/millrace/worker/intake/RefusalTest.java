package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.Clips;

@QuarkusTest
class RefusalTest {

    @Inject
    Chain chain;

    @TempDir
    Path folder;

    @Test
    void an_empty_file_is_refused() throws IOException {
        assertThat(refusal(Files.createFile(folder.resolve("empty.mp4")))).isEqualTo(FailureCode.EMPTY_FILE);
    }

    @Test
    void text_is_not_a_video_whatever_its_name() throws IOException {
        Path text = Files.writeString(folder.resolve("text.mp4"), "Once upon a time\n".repeat(200));

        assertThat(refusal(text)).isEqualTo(FailureCode.NOT_A_VIDEO);
    }

    @Test
    void noise_is_not_a_video() throws IOException {
        byte[] noise = new byte[20_000];
        new Random(5).nextBytes(noise);

        assertThat(refusal(Files.write(folder.resolve("noise.mp4"), noise))).isEqualTo(FailureCode.NOT_A_VIDEO);
    }

    @Test
    void a_playlist_is_not_a_video() throws IOException {
        Path playlist = Files.writeString(
                folder.resolve("list.mp4"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");

        assertThat(refusal(playlist)).isEqualTo(FailureCode.NOT_A_VIDEO);
    }

    @Test
    void sound_without_a_picture_has_no_video_track() {
        Path sound = Clips.make("sound.m4a", List.of("-f", "lavfi", "-i", "sine=duration=2", "-c:a", "aac"));

        assertThat(refusal(sound)).isEqualTo(FailureCode.NO_VIDEO_TRACK);
    }

    @Test
    void still_pictures_are_not_videos() throws IOException {
        List<String> one = List.of("-f", "lavfi", "-i", "testsrc=size=320x180", "-frames:v", "1");
        Path svg = Files.writeString(
                folder.resolve("drawing.svg"),
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>");

        assertThat(refusal(Clips.make("one.png", one))).isEqualTo(FailureCode.NOT_A_VIDEO);
        assertThat(refusal(Clips.make("one.jpg", one))).isEqualTo(FailureCode.NOT_A_VIDEO);
        assertThat(refusal(Clips.make("one.gif", one))).isEqualTo(FailureCode.NOT_A_VIDEO);
        assertThat(refusal(svg)).isEqualTo(FailureCode.NOT_A_VIDEO);
    }

    @Test
    void an_encrypted_movie_is_refused() {
        Path encrypted = Clips.silent(
                "encrypted.mp4",
                1,
                30,
                "-encryption_scheme",
                "cenc-aes-ctr",
                "-encryption_key",
                "76a6c65c5ea762046bd749a2e632ccbb",
                "-encryption_kid",
                "a7e61c373e219033c21091fa607bf3b8");

        assertThat(refusal(encrypted)).isEqualTo(FailureCode.ENCRYPTED);
    }

    @Test
    void a_movie_that_lost_its_index_is_damaged_from_the_start() {
        Path movie = Clips.movie("plain.mp4", 5, 30, "-g", "250", "-c:a", "aac");

        assertThat(refusal(Clips.cut("no-index.mp4", movie, 0.5))).isEqualTo(FailureCode.NOTHING_DECODABLE);
    }

    @Test
    void a_codec_that_nobody_knows_is_refused() throws IOException {
        byte[] movie = Files.readAllBytes(Clips.silent("plain-silent.mp4", 1, 30));
        byte[] renamed = new String(movie, StandardCharsets.ISO_8859_1)
                .replace("avc1", "zzzz")
                .replace("avcC", "zzzC")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refusal(Files.write(folder.resolve("unknown.mp4"), renamed))).isEqualTo(FailureCode.UNKNOWN_CODEC);
    }

    @Test
    void pictures_of_noise_are_not_decodable() throws IOException {
        byte[] movie = Files.readAllBytes(Clips.silent("plain-silent.mp4", 1, 30));
        int data = new String(movie, StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
        int index = new String(movie, StandardCharsets.ISO_8859_1).indexOf("moov") - 4;
        byte[] noise = new byte[index - data];
        new Random(7).nextBytes(noise);
        System.arraycopy(noise, 0, movie, data, noise.length);

        assertThat(refusal(Files.write(folder.resolve("noise-inside.mp4"), movie)))
                .isEqualTo(FailureCode.NOTHING_DECODABLE);
    }

    private FailureCode refusal(Path file) {
        Chain.Ending ending = chain.carry(file, 0);
        assertThat(ending.failure()).as("refusal of " + file.getFileName()).isNotNull();
        assertThat(ending.failure().code().isRejection()).isTrue();
        return ending.failure().code();
    }
}
