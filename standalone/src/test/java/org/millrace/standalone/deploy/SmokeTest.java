package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.deploy.Shell.Run;

/** The program behind {@code ./millrace smoke}, against right and wrong answers. */
class SmokeTest {

    private static final String MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n";
    private static final String VARIANT = """
            #EXTM3U
            #EXT-X-MAP:URI="v.mp4",BYTERANGE="4@0"
            #EXTINF:2.0,
            #EXT-X-BYTERANGE:3@4
            v.mp4
            """;

    private FakeProduct product;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        product = new FakeProduct();
        product.object("/media/master.m3u8", MASTER);
        product.object("/media/v.m3u8", VARIANT + "#EXT-X-ENDLIST\n");
        product.object("/media/v.mp4", "initone");
    }

    @AfterEach
    void stop() {
        product.close();
    }

    @Test
    void a_clip_that_becomes_ready_and_plays_is_success() throws Exception {
        product.video("clip.mp4", ready("\"/media/master.m3u8\""));
        Run run = smoke();
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("playable after", "plays: 2.0 s in 1 renditions");
        assertThat(run.lastLine()).isEqualTo("deleted");
    }

    @Test
    void a_video_that_is_given_up_is_no_success_and_the_reason_is_said() throws Exception {
        product.video(
                "clip.mp4",
                "{\"id\":\"x\",\"state\":\"FAILED\",\"failure\":{\"message\":\"The media store could not be read.\"}}");
        Run run = smoke();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("ended as FAILED: The media store could not be read.");
    }

    @Test
    void a_refused_upload_is_no_success() throws Exception {
        product.video("clip.mp4", "{\"type\":\"/errors#no-room\",\"detail\":\"There is no room for it.\"}");
        Run run = smoke();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).endsWith("the upload was refused: There is no room for it.");
    }

    @Test
    void a_video_whose_segments_are_missing_is_no_success_and_is_deleted() throws Exception {
        product.video("clip.mp4", ready("\"/media/master.m3u8\""));
        product.object("/media/v.m3u8", VARIANT.replace("v.mp4", "gone.mp4") + "#EXT-X-ENDLIST\n");
        Run run = smoke();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("gone.mp4 bytes 0-3 is answered with 404", "deleted");
    }

    @Test
    void an_installation_that_does_not_answer_is_no_success() throws Exception {
        product.close();
        Run run = smoke();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("smoke: " + product.url());
    }

    @Test
    void without_an_address_the_launcher_says_what_it_needs() throws Exception {
        Run run = Shell.run(Map.of(), List.of(Repository.file("millrace").toString(), "smoke"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine()).isEqualTo("millrace: Say which installation: ./millrace smoke URL [FILE]");
    }

    private Run smoke() throws Exception {
        Path clip = Files.writeString(folder.resolve("clip.mp4"), "a film");
        return LauncherPrograms.run("millrace.smoke.Smoke", product.url(), clip.toString());
    }

    private static String ready(String hls) {
        return "{\"id\":\"x\",\"state\":\"READY\",\"playable\":true,\"media\":{\"hls\":" + hls + "}}";
    }
}
