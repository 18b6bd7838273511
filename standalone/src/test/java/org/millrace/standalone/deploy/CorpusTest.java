package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.deploy.Shell.Run;

/** The program behind {@code ./millrace corpus}, run as the launcher runs it, against right and wrong answers. */
class CorpusTest {

    private static final String MASTER =
            "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",URI=\"audio.m3u8\"\n"
                    + "#EXT-X-STREAM-INF:BANDWIDTH=1\nvideo.m3u8\n";
    private static final String PLAYLIST = "#EXTM3U\n#EXT-X-MAP:URI=\"v.mp4\",BYTERANGE=\"4@0\"\n"
            + "#EXTINF:2.0,\n#EXT-X-BYTERANGE:3@4\nv.mp4\n#EXTINF:2.0,\n#EXT-X-BYTERANGE:3\nv.mp4\n";

    private static final String BEGIN = "<!-- corpus: what follows is written by ./millrace corpus -->";
    private static final String END = "<!-- corpus: end -->";

    @TempDir
    Path folder;

    private final StringBuilder manifest = new StringBuilder(
            "file\tsha256\tduration\texpect\texpected_duration\thas_video\thas_audio\tvcodec\tquirk\n");
    private FakeProduct product;

    @BeforeEach
    void start() throws Exception {
        product = new FakeProduct();
        product.object("/media/master.m3u8", MASTER);
        product.object("/media/video.m3u8", PLAYLIST + "#EXT-X-ENDLIST\n");
        product.object("/media/audio.m3u8", "#EXTM3U\n#EXTINF:4,\na.m4s\n#EXT-X-ENDLIST\n");
        product.object("/media/a.m4s", "sound");
        product.object("/media/v.mp4", "initonetwo");
        product.object("/media/poster.jpg", "picture");
    }

    @AfterEach
    void stop() {
        product.close();
    }

    @Test
    void rows_that_are_as_expected_make_a_table_and_success() throws Exception {
        row("good.mp4", "convert", "4.3", ready(false, 4.0, "/media/master.m3u8"));
        row("unknown-length.mp4", "convert", "-", ready(false, 4.0, "/media/master.m3u8"));
        row("slide.mpg", "convert", "4", ready(false, 4.0, "/media/master.m3u8"));
        product.report("slide.mpg", "{\"renditions\":[],\"changes\":[{\"code\":\"cover\"}]}");
        row("cut.mp4", "convert-partial", "0.5", ready(true, 4.0, "/media/master.m3u8"));
        row("drm.wmv", "reject", "-", refused("REJECTED", "DRM_PROTECTED", "The file is \\u0022protected\\u0022."));
        row("empty.mp4", "reject", "-", "{\"type\":\"/errors#empty\",\"detail\":\"The file is empty.\"}");
        row("sound.mp3", "reject-or-audio (no video track)", "4", ready(false, 4.0, "/media/master.m3u8"));
        product.report("sound.mp3", "{\"renditions\":[]}");
        Run run = corpus();
        assertThat(run.output().lines().skip(1).limit(7))
                .allSatisfy(line -> assertThat(line).endsWith("as expected"));
        assertThat(run.output()).contains("READY (partial)", "REJECTED", "4.000");
        assertThat(run.lastLine()).isEqualTo("7 as expected, 0 not");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void every_kind_of_deviation_is_found_and_named() throws Exception {
        Map<String, String> complaints = new LinkedHashMap<>();
        complaints.put("refused.mp4", "it should be READY");
        row("refused.mp4", "convert", "4", refused("REJECTED", "CODE", "Sentence."));
        complaints.put("whole.mp4", "partial should be true");
        row("whole.mp4", "convert-partial", "4", ready(false, 4.0, "/media/master.m3u8"));
        complaints.put("partial.mp4", "partial should be false");
        row("partial.mp4", "convert", "4", ready(true, 4.0, "/media/master.m3u8"));
        complaints.put("short.mp4", "the duration should be 5.0");
        row("short.mp4", "convert", "5", ready(false, 4.0, "/media/master.m3u8"));
        complaints.put("taken.mp4", "it should be refused");
        row("taken.mp4", "reject", "-", ready(false, 4.0, "/media/master.m3u8"));
        complaints.put("mute.mp4", "the reason lacks its code or its sentence");
        row("mute.mp4", "reject", "-", refused("FAILED", "CODE", " "));
        complaints.put("unplayable.mp4", "playable should be true");
        row(
                "unplayable.mp4",
                "convert",
                "4",
                ready(false, 4.0, "/media/master.m3u8").replace("true", "false"));
        complaints.put("gone.mp4", "/media/none.m3u8 is answered with 404");
        row("gone.mp4", "convert", "4", ready(false, 4.0, "/media/none.m3u8"));
        complaints.put("nothing.mp4", "media.hls is missing");
        row("nothing.mp4", "convert", "4", ready(false, 4.0, "x").replace("\"x\"", "null"));
        complaints.put("endless.mp4", "/media/growing.m3u8 has no end");
        row("endless.mp4", "convert", "4", variant("growing", PLAYLIST));
        complaints.put("cutoff.mp4", "bytes 4-6 is answered with 206 and 1 bytes");
        product.object("/media/cut.mp4", "inito");
        row("cutoff.mp4", "convert", "4", variant("cutoff", PLAYLIST.replace("v.mp4", "cut.mp4") + "#EXT-X-ENDLIST\n"));
        complaints.put("norange.mp4", "is answered with 200");
        product.object("/media/v.whole", "initonetwo");
        row(
                "norange.mp4",
                "convert",
                "4",
                variant("norange", PLAYLIST.replace("v.mp4", "v.whole") + "#EXT-X-ENDLIST\n"));
        complaints.put("listed.mp4", "the playlists list 4.0 s");
        row("listed.mp4", "convert", "6", ready(false, 6.0, "/media/master.m3u8"));
        complaints.put("blind.mp4", "the picture is lost");
        row("blind.mp4", "convert", "4", ready(false, 4.0, "/media/master.m3u8"));
        product.report("blind.mp4", "{\"renditions\":[]}");
        complaints.put("deaf.mp4", "the sound is lost");
        row("deaf.mp4", "convert", "4", variant("deaf", PLAYLIST + "#EXT-X-ENDLIST\n"));
        complaints.put("invented.mp3", "there is no picture to be had");
        row("invented.mp3", "reject-or-audio", "4", ready(false, 4.0, "/media/master.m3u8"));
        complaints.put("word.mp4", "no known word");
        row("word.mp4", "maybe", "4", ready(false, 4.0, "/media/master.m3u8"));
        complaints.put("changed.mp4", "sha256 differs");
        row("changed.mp4", "convert", "4", ready(false, 4.0, "/media/master.m3u8"));
        Files.writeString(folder.resolve("changed.mp4"), "other bytes");
        complaints.put("absent.mp4", "not in the folder");
        row("absent.mp4", "convert", "4", ready(false, 4.0, "/media/master.m3u8"));
        Files.delete(folder.resolve("absent.mp4"));
        complaints.put("nonsense.mp4", "no valid JSON");
        row("nonsense.mp4", "convert", "4", "<html>");
        Run run = corpus();
        List<String> lines = run.output().lines().toList();
        complaints.forEach((file, complaint) -> assertThat(lines)
                .filteredOn(line -> line.startsWith(file + " "))
                .singleElement()
                .asString()
                .contains("NOT AS EXPECTED", complaint));
        assertThat(run.lastLine()).isEqualTo("0 as expected, " + complaints.size() + " not");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void a_product_that_cannot_be_reached_fails_every_row() throws Exception {
        row("good.mp4", "convert", "4", ready(false, 4.0, "/media/master.m3u8"));
        product.close();
        Run run = corpus();
        assertThat(run.lastLine()).isEqualTo("0 as expected, 1 not");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void a_manifest_without_its_columns_is_refused() throws Exception {
        manifest.setLength(0);
        manifest.append("file\tsha256\nx.mp4\t00\n");
        Run run = corpus();
        assertThat(run.lastLine()).startsWith("corpus: the manifest lacks the column expect");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void what_became_of_each_file_is_written_into_a_document_whose_other_text_stays() throws Exception {
        row("good.mp4", "convert", "4", ready(false, 4.0, "/media/master.m3u8"));
        product.report("good.mp4", """
                {"renditions":[{"name":"720p"},{"name":"240p"}],"remarks":["No subtitles"],
                 "changes":[{"about":"PICTURE","code":"turned","text":"Turned upright."}]}""");
        row("drm.wmv", "reject", "-", refused("REJECTED", "DRM_PROTECTED", "The file is protected."));
        row("short.mp4", "convert", "5", ready(true, 4.0, "/media/master.m3u8"));
        Path document = folder.resolve("formats.md");
        Files.writeString(document, "# Before\n" + BEGIN + "\nold table\n" + END + "\nAfter\n");
        Run run = corpus(document.toString());
        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(document)
                .hasContent("# Before\n" + BEGIN + "\n"
                        + "| file | container | picture | sound | what is special | what became of it |\n"
                        + "|---|---|---|---|---|---|\n"
                        + "| good.mp4 | – | h264 | – | odd \\| &lt;b>even | 720p, 240p. Turned upright. No subtitles. |\n"
                        + "| drm.wmv | – | h264 | – | odd \\| &lt;b>even | Refused: The file is protected. |\n"
                        + "| short.mp4 | – | h264 | – | odd \\| &lt;b>even | Partial: 180p."
                        + " **Not as expected:** partial should be false; the duration should be 5.0. |\n"
                        + END + "\nAfter\n");
    }

    @Test
    void a_document_without_its_place_for_the_table_is_refused_before_the_work() throws Exception {
        row("good.mp4", "convert", "4", ready(false, 4.0, "/media/master.m3u8"));
        Path document = Files.writeString(folder.resolve("formats.md"), END + BEGIN);
        Run run = corpus(document.toString());
        assertThat(run.output())
                .startsWith("corpus: " + document + " needs the lines")
                .hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(document).hasContent(END + BEGIN);
    }

    private Run corpus(String... document) throws Exception {
        Files.writeString(folder.resolve("MANIFEST.tsv"), manifest);
        List<String> arguments = new ArrayList<>(List.of(folder.toString(), product.url()));
        arguments.addAll(List.of(document));
        return LauncherPrograms.run("millrace.corpus.Corpus", arguments.toArray(String[]::new));
    }

    private void row(String file, String expect, String duration, String answer) throws Exception {
        byte[] bytes = ("bytes of " + file).getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(file), bytes);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        String picture = expect.equals("convert") ? "yes" : "no";
        manifest.append(String.join(
                        "\t", file, sha256, "?", expect, duration, picture, picture, "h264", "odd | <b>even"))
                .append('\n');
        product.video(file, answer);
    }

    /** A ready video whose only variant is the given playlist. */
    private String variant(String name, String playlist) {
        product.object(
                "/media/" + name + "-master.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + name + ".m3u8\n");
        product.object("/media/" + name + ".m3u8", playlist);
        return ready(false, 4.0, "/media/" + name + "-master.m3u8");
    }

    private static String ready(boolean partial, double seconds, String hls) {
        return """
                {"id":"v","state":"READY","progress":100,"partial":%s,"durationSeconds":%s,"playable":true,
                 "failure":null,"media":{"hls":"%s","mp4":null,"poster":"/media/poster.jpg"},"tags":[1,[],{}]}""".formatted(partial, seconds, hls);
    }

    private static String refused(String state, String code, String message) {
        return """
                {"id":"v","state":"%s","playable":false,"partial":false,"durationSeconds":null,
                 "failure":{"code":"%s","message":"%s"},"media":{"hls":null,"mp4":null,"poster":null}}""".formatted(state, code, message);
    }
}
