package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    void a_file_with_neither_picture_nor_sound_is_refused() throws IOException {
        Path subtitles = Files.writeString(folder.resolve("words.srt"), "1\n00:00:00,000 --> 00:00:02,000\nOnce\n");
        Path words = Clips.make("words.mkv", List.of("-i", subtitles.toString(), "-c:s", "srt"));

        assertThat(refusal(words)).isEqualTo(FailureCode.NO_VIDEO_TRACK);
    }

    @Test
    void sound_that_cannot_be_decoded_is_refused_where_there_is_no_picture() throws IOException {
        byte[] sound = Files.readAllBytes(
                Clips.make("flac.mka", List.of("-f", "lavfi", "-i", "sine=duration=2", "-c:a", "flac")));
        String text = new String(sound, StandardCharsets.ISO_8859_1);
        System.arraycopy("A_AC3\0".getBytes(StandardCharsets.ISO_8859_1), 0, sound, text.indexOf("A_FLAC"), 6);

        assertThat(refusal(Files.write(folder.resolve("mute.mka"), sound))).isEqualTo(FailureCode.NO_VIDEO_TRACK);
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
    void dolby_vision_that_only_licensed_players_show_is_refused() throws IOException {
        byte[] movie = Files.readAllBytes(Clips.silent("plain-silent.mp4", 1, 30));

        assertThat(refusal(Files.write(folder.resolve("vision.mp4"), withDolbyVision(movie, 5))))
                .isEqualTo(FailureCode.DOLBY_VISION);
        Chain.Ending compatible = chain.carry(Files.write(folder.resolve("vision.mp4"), withDolbyVision(movie, 8)));
        assertThat(compatible.failure()).isNull();
        assertThat(compatible.facts().mainVideo().orElseThrow().dolbyVisionProfile())
                .isEqualTo(8);
    }

    /** Puts a Dolby Vision record behind the decoder's configuration; every box around it grows. */
    private static byte[] withDolbyVision(byte[] movie, int profile) {
        String text = new String(movie, StandardCharsets.ISO_8859_1);
        int size = 32;
        ByteBuffer made = ByteBuffer.allocate(movie.length + size);
        int configuration = text.indexOf("avcC") - 4;
        int at = configuration + ByteBuffer.wrap(movie).getInt(configuration);
        made.put(movie, 0, at);
        made.putInt(size).put("dvcC".getBytes(StandardCharsets.ISO_8859_1));
        made.put((byte) 1).put((byte) 0).putShort((short) (profile << 9 | 6 << 3 | 0b101));
        made.put((byte) (profile == 8 ? 0x10 : 0)).position(at + size);
        made.put(movie, at, movie.length - at);
        for (String box : List.of("moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1")) {
            int place = text.lastIndexOf(box, configuration) - 4;
            made.putInt(place, made.getInt(place) + size);
        }
        return made.array();
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
        Chain.Ending ending = chain.carry(file);
        assertThat(ending.failure()).as("refusal of " + file.getFileName()).isNotNull();
        assertThat(ending.failure().code().isRejection()).isTrue();
        return ending.failure().code();
    }
}
