package org.millrace.worker.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebVttTest {

    @TempDir
    Path folder;

    @Test
    void cues_are_written_as_they_were_read() throws IOException {
        List<Cue> cues =
                read("WEBVTT\n\n00:01.000 --> 00:02.500\nOne\n\n01:00:00.000 --> 01:00:01.000\nTwo\nlines\n", 0);

        assertThat(WebVtt.write(cues))
                .isEqualTo(
                        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nOne\n\n01:00:00.000 --> 01:00:01.000\nTwo\nlines\n");
    }

    @Test
    void styles_regions_notes_identifiers_and_settings_are_left_out() throws IOException {
        List<Cue> cues = read(
                "WEBVTT - title\nX-TIMESTAMP-MAP=MPEGTS:0\n\nSTYLE\n::cue{background:url(http://evil)}\n\nREGION\nid:a\n\n"
                        + "NOTE secret\n\nid-1\n00:01.000 --> 00:02.000 line:0 position:50% region:a\nText\n",
                0);

        assertThat(WebVtt.write(cues)).isEqualTo("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nText\n");
    }

    @Test
    void times_count_from_the_start_of_the_video() throws IOException {
        List<Cue> cues = read(
                "WEBVTT\n\n00:09.000 --> 00:09.900\nbefore\n\n00:09.000 --> 00:11.000\nover\n\n00:12.000 --> 00:13.000\nin\n",
                10);

        assertThat(cues).containsExactly(new Cue(0, 1000, "over"), new Cue(2000, 3000, "in"));
    }

    @Test
    void cues_that_end_before_they_begin_or_never_are_left_out() throws IOException {
        List<Cue> cues = read(
                "WEBVTT\n\n00:05.000 --> 00:05.000\nempty\n\n00:05.000 --> 00:04.000\nback\n\n"
                        + "99999999999:00:00.000 --> 99999999999:00:01.000\nnever\n\n00:01.000 --> 5000:00:00.000\nlong\n",
                0);

        assertThat(cues).isEmpty();
    }

    @Test
    void they_are_put_in_order() throws IOException {
        List<Cue> cues = read("WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n", 0);

        assertThat(cues).extracting(Cue::text).containsExactly("a", "b");
    }

    @Test
    void bytes_that_are_no_text_do_no_harm() throws IOException {
        Path file = folder.resolve("bytes.vtt");
        byte[] head = "WEBVTT\n\n00:01.000 --> 00:02.000\n".getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + 5000];
        System.arraycopy(head, 0, all, 0, head.length);
        new java.util.Random(1).nextBytes(all);
        System.arraycopy(head, 0, all, 0, head.length);
        Files.write(file, all);

        WebVtt.read(file, 0)
                .forEach(cue -> assertThat(cue.text()).doesNotContain("\u0000").hasSizeLessThan(2100));
    }

    @Test
    void a_flood_of_cues_is_bounded() throws IOException {
        StringBuilder text = new StringBuilder("WEBVTT\n");
        for (int i = 0; i < 30_000; i++) {
            text.append("\n00:01.000 --> 00:02.000\nx\n");
        }

        assertThat(read(text.toString(), 0)).hasSize(20_000);
    }

    private List<Cue> read(String content, double zero) throws IOException {
        return WebVtt.read(Files.writeString(folder.resolve("in.vtt"), content), zero);
    }
}
