package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.worker.HostileFiles;
import org.millrace.worker.References;
import org.millrace.worker.Trap;

/** Files that name other files. They run in the weakest sandbox, so that nothing but the arguments protects. */
class HostileInputTest {

    @TempDir
    static Path directory;

    private static FfmpegKit kit;

    private final HostileFiles files = new HostileFiles(directory);
    private Path far;
    private Path near;
    private Trap trap;

    @BeforeAll
    static void open() {
        kit = FfmpegKit.real(SandboxLevel.LIMITS);
    }

    @AfterAll
    static void close() {
        kit.close();
    }

    @BeforeEach
    void set_the_trap() throws IOException {
        far = Clips.pattern(directory.resolve("other.mp4"), 320, 180, "30", 1);
        // Beside the input, where a relative name would lead.
        Path inputs = Files.createDirectories(directory.resolve("evil").resolve(Workspace.INPUT_DIRECTORY));
        near = Clips.pattern(inputs.resolve("canary.mp4"), 320, 180, "30", 1);
        trap = Trap.set(far, near);
    }

    @AfterEach
    void release_the_trap() throws IOException {
        trap.close();
    }

    @Test
    void reading_the_other_files_would_be_noticed() throws Exception {
        Files.readAllBytes(near);

        assertThat(trap.wasRead()).isTrue();
    }

    @Test
    void calling_the_host_would_be_noticed() throws Exception {
        new Socket("127.0.0.1", trap.port()).close();

        await().until(() -> trap.calls() == 1);
    }

    @Test
    void texts_that_players_follow_are_not_followed() throws Exception {
        for (Map.Entry<String, String> text : References.texts(targets()).entrySet()) {
            Workspace workspace = workspace(files.text(text.getKey(), text.getValue()));

            assertThatThrownBy(() -> kit.probe().header(InputName.SOURCE, workspace, FfmpegKit.ROOMY))
                    .as(text.getKey())
                    .isInstanceOf(ProbeException.class);
            assertThat(encode(workspace).exitedCleanly()).as(text.getKey()).isFalse();
            requireUntouched(text.getKey());
        }
    }

    @Test
    void films_that_point_elsewhere_are_read_where_they_are() throws Exception {
        for (Map.Entry<String, Function<HostileFiles, Path>> film :
                References.films(targets()).entrySet()) {
            Workspace workspace = workspace(film.getValue().apply(files));

            assertThat(kit.probe()
                            .header(InputName.SOURCE, workspace, FfmpegKit.ROOMY)
                            .streams())
                    .as(film.getKey())
                    .hasSize(2);
            encode(workspace);
            requireUntouched(film.getKey());
        }
    }

    @Test
    void text_and_nothing_are_no_video() throws Exception {
        for (String content : new String[] {"just some text, quite harmless\n".repeat(50), ""}) {
            Workspace workspace = workspace(files.text("video.mp4", content));

            assertThatThrownBy(() -> kit.probe().header(InputName.SOURCE, workspace, FfmpegKit.ROOMY))
                    .isInstanceOf(ProbeException.class);
        }
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

    private void requireUntouched(String name) throws IOException {
        assertThat(trap.calls()).as(name).isZero();
        assertThat(trap.wasRead()).as(name).isFalse();
    }

    private References.Targets targets() {
        return new References.Targets(trap.address(), trap.port(), far);
    }

    private static Workspace workspace(Path file) {
        return Workspace.ofSource(directory.resolve("evil"), file);
    }

    private static FfmpegResult decode(Path file, InputGuard guard) throws Exception {
        return kit.runner()
                .run(
                        TrialDecodeCommand.picture(0, 1).toCommand(guard),
                        Workspace.ofSource(directory.resolve("decode"), file),
                        FfmpegKit.ROOMY);
    }

    private static FfmpegResult encode(Workspace workspace) throws Exception {
        return kit.runner()
                .run(
                        new RemuxCommand(0, Duration.ZERO, Optional.empty()).toCommand(kit.guard()),
                        workspace,
                        FfmpegKit.ROOMY);
    }
}
