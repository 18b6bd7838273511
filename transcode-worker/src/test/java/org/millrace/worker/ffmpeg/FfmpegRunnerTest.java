package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FfmpegRunnerTest {

    private static final String PROGRESS =
            "tick() { printf 'frame=%s\\nout_time_us=%s\\ntotal_size=N/A\\nspeed=1.5x\\nprogress=continue\\n' $1 $2; }\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(SandboxLevel.class)
    void a_run_that_stands_still_is_killed(SandboxLevel level) throws Exception {
        List<ProgressTick> ticks = new ArrayList<>();
        try (FfmpegKit kit = FfmpegKit.fake(directory, level, PROGRESS + "tick 7 250000\nkill -STOP $$\n");
                FfmpegProcess process = kit.runner().start(command(), workspace(), stall(1), ticks::add)) {
            FfmpegResult result = process.await();

            assertThat(result.reason()).isEqualTo(EndReason.STALLED);
            assertThat(result.exitedCleanly()).isFalse();
            assertThat(result.wall()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
            assertThat(ticks).containsExactly(new ProgressTick(7, 0.25, 1.5, 0, false));
            assertThat(kit.runner().runningCount()).isZero();
        }
    }

    @Test
    void ticks_that_say_the_same_again_are_no_progress() throws Exception {
        String chatter = PROGRESS + "while true; do tick 7 250000; sleep 0.1; done\n";
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, chatter)) {
            assertThat(kit.runner().run(command(), workspace(), stall(1)).reason())
                    .isEqualTo(EndReason.STALLED);
        }
    }

    @Test
    void a_silent_run_goes_on_as_long_as_it_works_and_is_killed_when_it_stands_still() throws Exception {
        String busy = "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done\n";
        String silent = busy + busy + busy + busy + busy + "touch worked; kill -STOP $$\n";
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, silent)) {
            Limits brief = FfmpegKit.ROOMY.withStall(Duration.ofMillis(500)).inSilence();

            FfmpegResult result = kit.runner().run(command(), workspace(), brief);

            assertThat(result.reason()).isEqualTo(EndReason.STALLED);
            assertThat(workspace().output("worked")).exists();
            assertThat(result.cpu()).isGreaterThan(Duration.ofMillis(500));
        }
    }

    @Test
    void a_run_that_goes_on_for_ever_meets_its_wall_time() throws Exception {
        String busy = PROGRESS + "i=0; while true; do i=$((i+1)); tick $i $i; sleep 0.1; done\n";
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, busy)) {
            Limits limits = FfmpegKit.ROOMY.withWall(Duration.ofSeconds(1));
            assertThat(kit.runner().run(command(), workspace(), limits).reason())
                    .isEqualTo(EndReason.WALL_TIME);
        }
    }

    @ParameterizedTest
    @EnumSource(SandboxLevel.class)
    void cancelling_kills_everything_that_was_started(SandboxLevel level) throws Exception {
        String family = "sleep 300 & (sleep 300 & sleep 300) & echo up > up; wait\n";
        try (FfmpegKit kit = FfmpegKit.fake(directory, level, family);
                FfmpegProcess process =
                        kit.runner().start(command(), workspace(), FfmpegKit.ROOMY, ProgressListener.SILENT)) {
            await().until(() -> Files.exists(workspace().output("up")));
            ProcessHandle root = ProcessHandle.of(process.pid()).orElseThrow();
            await().until(() -> root.descendants().count() >= 4);
            List<ProcessHandle> all = new ArrayList<>(root.descendants().toList());
            all.add(root);

            process.cancel();
            process.cancel();

            assertThat(process.await().reason()).isEqualTo(EndReason.CANCELLED);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(all).noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void closing_the_runner_ends_every_run_and_starts_no_more() throws Exception {
        FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.LIMITS, "sleep 300\n");
        FfmpegProcess process = kit.runner().start(command(), workspace(), FfmpegKit.ROOMY, ProgressListener.SILENT);
        kit.close();

        assertThat(process.await().reason()).isEqualTo(EndReason.CANCELLED);
        await().untilAsserted(() -> assertThatThrownBy(() -> kit.runner().run(command(), workspace(), FfmpegKit.ROOMY))
                .hasMessageContaining("ending"));
    }

    @ParameterizedTest
    @EnumSource(
            value = SandboxLevel.class,
            names = {"BUBBLEWRAP", "LIMITS"})
    void the_cpu_limit_ends_a_run(SandboxLevel level) throws Exception {
        Limits oneSecond =
                new Limits(8L << 30, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30));
        try (FfmpegKit kit = FfmpegKit.fake(directory, level, "while true; do :; done\n")) {
            FfmpegResult result = kit.runner().run(command(), workspace(), oneSecond);

            assertThat(result.reason()).as(result.toString()).isEqualTo(EndReason.CPU_LIMIT);
            assertThat(result.cpu()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SandboxLevel.class,
            names = {"BUBBLEWRAP", "LIMITS"})
    void a_file_beyond_its_limit_ends_a_run(SandboxLevel level) throws Exception {
        Path source = Clips.pattern(directory.resolve("clip.mp4"), 320, 180, "30", 1);
        try (FfmpegKit kit = FfmpegKit.real(level)) {
            FfmpegResult result = kit.runner()
                    .run(
                            encode(kit),
                            Workspace.ofSource(directory.resolve("w"), source),
                            FfmpegKit.ROOMY.withOutputBytes(20_000));

            assertThat(result.reason()).as(result.toString()).isEqualTo(EndReason.FILE_LIMIT);
            assertThat(result.exitedCleanly()).isFalse();
        }
    }

    @Test
    void too_little_memory_is_recognised_and_harms_nobody_else() throws Exception {
        Path source = Clips.pattern(directory.resolve("clip.mp4"), 320, 180, "30", 1);
        Limits little = new Limits(
                520L << 20, 1L << 30, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(30));
        try (FfmpegKit kit = FfmpegKit.real()) {
            Workspace workspace = Workspace.ofSource(directory.resolve("w"), source);
            FfmpegResult result = kit.runner().run(encode(kit), workspace, little);

            assertThat(result.reason()).as(result.toString()).isEqualTo(EndReason.OUT_OF_MEMORY);
            assertThat(kit.runner().run(encode(kit), workspace, FfmpegKit.ROOMY).exitedCleanly())
                    .isTrue();
        }
    }

    @Test
    void a_crash_is_told_from_an_exit() throws Exception {
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, "kill -SEGV $$\n")) {
            FfmpegResult result = kit.runner().run(command(), workspace(), FfmpegKit.ROOMY);

            assertThat(result.reason()).isEqualTo(EndReason.KILLED_BY_SIGNAL);
            assertThat(result.exitCode()).isEqualTo(139);
        }
    }

    @Test
    void the_log_is_kept_at_its_end_and_its_complaints_are_counted() throws Exception {
        String words = "for i in {1..60}; do echo \"[h264 @ 0x1] [error] number $i\" >&2; done\n"
                + "echo '[warning] odd' >&2; exit 3\n";
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, words)) {
            FfmpegResult result = kit.runner().run(command(), workspace(), FfmpegKit.ROOMY);

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.reason()).isEqualTo(EndReason.EXITED);
            assertThat(result.errorLines()).isEqualTo(60);
            assertThat(result.warningLines()).isEqualTo(1);
            assertThat(result.stderrTail()).hasSize(50).last().isEqualTo("[warning] odd");
        }
    }

    @Test
    void a_run_that_streams_tells_its_progress_among_its_complaints() throws Exception {
        String streaming = PROGRESS + "printf 'bytes'; { tick 7 250000; echo '[x] [error] bad'; tick 9 500000; } >&2\n";
        List<ProgressTick> ticks = new ArrayList<>();
        StringBuilder read = new StringBuilder();
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, streaming);
                FfmpegProcess process = kit.runner()
                        .startStreaming(
                                command(),
                                workspace(),
                                FfmpegKit.ROOMY,
                                bytes -> read.append(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)),
                                ticks::add)) {
            FfmpegResult result = process.await();

            assertThat(read).hasToString("bytes");
            assertThat(ticks).extracting(ProgressTick::frames).containsExactly(7L, 9L);
            assertThat(result.stderrTail()).containsExactly("[x] [error] bad");
            assertThat(result.errorLines()).isEqualTo(1);
        }
    }

    @Test
    void bytes_are_a_sign_of_life_and_their_absence_is_none() throws Exception {
        String slow = "for i in 1 2 3 4 5 6; do printf x; sleep 0.4; done; sleep 300\n";
        AtomicLong count = new AtomicLong();
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, slow);
                FfmpegProcess process = kit.runner()
                        .startStreaming(
                                command(),
                                workspace(),
                                stall(1),
                                bytes -> count.set(bytes.transferTo(OutputStream.nullOutputStream())),
                                ProgressListener.SILENT)) {
            assertThat(process.await().reason()).isEqualTo(EndReason.STALLED);
            assertThat(count).hasValue(6);
        }
    }

    @Test
    void what_a_reader_of_bytes_throws_ends_the_run_and_comes_out() throws Exception {
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, "printf x; sleep 300\n");
                FfmpegProcess process = kit.runner()
                        .startStreaming(
                                command(),
                                workspace(),
                                FfmpegKit.ROOMY,
                                bytes -> {
                                    throw new IllegalStateException("No " + bytes.read());
                                },
                                ProgressListener.SILENT)) {
            assertThatThrownBy(process::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("No 120");
        }
    }

    @Test
    void what_a_reader_of_lines_throws_ends_the_run_and_comes_out() throws Exception {
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, "echo one; sleep 300\n");
                FfmpegProcess process = kit.runner().startReading(command(), workspace(), FfmpegKit.ROOMY, line -> {
                    throw new IllegalStateException("no more of " + line);
                })) {
            assertThatThrownBy(process::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no more of one");
        }
    }

    private Workspace workspace() throws Exception {
        Path source = directory.resolve("source");
        if (!Files.exists(source)) {
            Files.createFile(source);
        }
        return Workspace.ofSource(directory.resolve("w"), source);
    }

    private static Limits stall(int seconds) {
        return FfmpegKit.ROOMY.withStall(Duration.ofSeconds(seconds));
    }

    private static FfmpegCommand command() {
        return new FfmpegCommand(Program.FFMPEG, List.of("work"));
    }

    private static FfmpegCommand encode(FfmpegKit kit) {
        return new EncodeChunkCommand(
                        new SourcePicture(0, Duration.ZERO, false, SourceColour.BT709, false),
                        new GridSpan(30, 1, 60, 0, 0, OptionalLong.empty()),
                        Optional.empty(),
                        List.of(new RungSpec(640, 360, 10, 9000, 18_000, 31)),
                        "veryfast",
                        0,
                        ChunkReading.PLAIN,
                        EncodeChunkCommand.Destination.FILES,
                        60)
                .toCommand(kit.guard());
    }
}
