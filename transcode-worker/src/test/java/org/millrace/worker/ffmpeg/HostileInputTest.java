package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that name other files. They run in the weakest sandbox, so that nothing but the arguments protects. */
class HostileInputTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    static Path directory;

    private static FfmpegKit kit;
    private static Path target;

    @BeforeAll
    static void make_a_file_that_must_not_be_opened() throws Exception {
        kit = FfmpegKit.real(SandboxLevel.LIMITS);
        target = Clips.pattern(directory.resolve("other.mp4"), 320, 180, "30", 1);
    }

    @AfterAll
    static void close() {
        kit.close();
    }

    @Test
    void reading_the_other_file_would_be_noticed() throws Exception {
        forget();
        Files.readAllBytes(target);

        assertThat(wasRead()).isTrue();
    }

    @Test
    void a_playlist_with_the_name_of_a_video_is_not_followed() throws Exception {
        refuses("""
                #EXTM3U
                #EXT-X-VERSION:3
                #EXT-X-TARGETDURATION:1
                #EXT-X-MEDIA-SEQUENCE:0
                #EXTINF:1.0,
                file://%s
                #EXT-X-ENDLIST
                """.formatted(target));
    }

    @Test
    void a_concat_script_with_the_name_of_a_video_is_not_followed() throws Exception {
        refuses("ffconcat version 1.0\nfile '%s'\n".formatted(target));
        refuses("ffconcat version 1.0\nfile other.mp4\n");
    }

    @Test
    void a_manifest_and_a_session_description_are_not_followed() throws Exception {
        refuses("""
                <?xml version="1.0"?>
                <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S">
                <Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1">
                <BaseURL>file://%s</BaseURL></Representation></AdaptationSet></Period></MPD>
                """.formatted(target));
        refuses("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n");
    }

    @Test
    void a_playlist_of_addresses_does_not_make_anyone_connect() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(200);
            refuses("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1.0,\nhttp://127.0.0.1:%d/a.ts\n#EXT-X-ENDLIST\n"
                    .formatted(server.getLocalPort()));

            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void text_and_nothing_are_no_video() throws Exception {
        refuses("just some text, quite harmless\n".repeat(50));
        refuses("");
    }

    @Test
    void a_picture_larger_than_allowed_is_not_decoded() throws Exception {
        Path huge = Clips.make(
                directory.resolve("huge.mkv"), "-f lavfi -i color=s=4096x4096:d=0.1:r=10 -frames:v 1 -c:v png");
        InputGuard small = new InputGuard(4096 * 4095, 1 << 20, Duration.ofSeconds(1));
        FfmpegResult refused = decode(huge, small);
        FfmpegResult allowed = decode(huge, kit.guard());

        assertThat(refused.progress().frames()).isZero();
        assertThat(refused.errorLines()).isPositive();
        assertThat(allowed.progress().frames()).isEqualTo(1);
    }

    private static FfmpegResult decode(Path file, InputGuard guard) throws Exception {
        return kit.runner()
                .run(
                        new DecodeCheckCommand(InputName.SOURCE, false, 1).toCommand(guard),
                        Workspace.ofSource(directory.resolve("decode"), file),
                        FfmpegKit.ROOMY);
    }

    private static void refuses(String content) throws Exception {
        Path evil = Files.writeString(directory.resolve("video.mp4"), content);
        Workspace workspace = Workspace.ofSource(directory.resolve("evil"), evil);
        forget();

        assertThatThrownBy(() -> kit.probe().header(InputName.SOURCE, workspace, FfmpegKit.ROOMY))
                .as(content)
                .isInstanceOf(ProbeException.class);
        FfmpegResult encoded =
                kit.runner().run(new RemuxCommand(List.of(0)).toCommand(kit.guard()), workspace, FfmpegKit.ROOMY);

        assertThat(encoded.exitedCleanly()).isFalse();
        assertThat(wasRead()).isFalse();
    }

    private static void forget() throws IOException {
        Files.getFileAttributeView(target, BasicFileAttributeView.class).setTimes(null, LONG_AGO, null);
    }

    private static boolean wasRead() throws IOException {
        return !Files.readAttributes(target, BasicFileAttributes.class)
                .lastAccessTime()
                .equals(LONG_AGO);
    }
}
