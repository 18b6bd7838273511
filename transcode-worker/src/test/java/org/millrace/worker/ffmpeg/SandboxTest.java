package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxTest {

    private static final Path BASH = Path.of("/usr/bin/bash");

    @TempDir
    Path directory;

    private record Ran(int exitCode, String output) {}

    @Test
    void the_strongest_level_of_this_machine_is_used() throws Exception {
        try (FfmpegKit kit = FfmpegKit.real()) {
            assertThat(kit.sandbox().level()).isEqualTo(SandboxLevel.BUBBLEWRAP);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SandboxLevel.class,
            names = {"BUBBLEWRAP", "NAMESPACES"})
    void nothing_inside_can_reach_the_network(SandboxLevel level) throws Exception {
        try (FfmpegKit kit = FfmpegKit.real(level);
                ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String connect = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + " && echo reached";

            assertThat(outside(connect).output()).contains("reached");
            assertThat(inside(kit, FfmpegKit.ROOMY, connect).output()).doesNotContain("reached");
        }
    }

    @Test
    void files_of_others_are_not_there() throws Exception {
        Path canary = Files.writeString(directory.resolve("canary"), "a secret");
        String read = "cat " + canary + " /etc/passwd; ls /root /home /var /proc/1/root/etc/passwd";
        try (FfmpegKit kit = FfmpegKit.real(SandboxLevel.BUBBLEWRAP)) {
            assertThat(outside("cat " + canary).output()).contains("a secret");
            Ran ran = inside(kit, FfmpegKit.ROOMY, read);
            assertThat(ran.output()).doesNotContain("a secret").doesNotContain("root:");
        }
    }

    @Test
    void the_input_is_readable_and_only_the_scratch_is_writable() throws Exception {
        try (FfmpegKit kit = FfmpegKit.real(SandboxLevel.BUBBLEWRAP)) {
            Ran ran = inside(
                    kit,
                    FfmpegKit.ROOMY,
                    "cat ../in/source; echo x >> ../in/source || echo read-only; rm ../in/source || echo kept; "
                            + "echo x > /usr/x || echo closed; echo made > file");

            assertThat(ran.output()).contains("the source").contains("read-only", "kept", "closed");
            assertThat(directory.resolve("source")).hasContent("the source");
            assertThat(directory.resolve("scratch/out/file")).hasContent("made");
        }
    }

    @ParameterizedTest
    @EnumSource(SandboxLevel.class)
    void no_secret_is_inherited_and_the_input_has_its_fixed_name(SandboxLevel level) throws Exception {
        try (FfmpegKit kit = FfmpegKit.real(level)) {
            Ran ran = inside(kit, FfmpegKit.ROOMY, "cat ../in/source; env | cut -d= -f1 | sort | xargs; nice");

            assertThat(ran.output()).contains("the source");
            assertThat(ran.output().lines().toList()).endsWith("10");
            assertThat(ran.output()).doesNotContain("JAVA", "USER");
        }
    }

    @ParameterizedTest
    @EnumSource(SandboxLevel.class)
    void a_low_priority_counts_across_sessions_where_the_kernel_shares_by_them(SandboxLevel level) throws Exception {
        try (FfmpegKit kit = FfmpegKit.real(level)) {
            String session = "cat /proc/self/autogroup 2>/dev/null | cut -d' ' -f2-";
            boolean shares = Files.exists(Path.of("/proc/self/autogroup"));

            for (Map.Entry<Limits.Rank, String> rank : Map.of(
                            Limits.Rank.FIRST, "nice 0", Limits.Rank.BESIDE, "nice 5", Limits.Rank.REST, "nice 10")
                    .entrySet()) {
                assertThat(inside(kit, FfmpegKit.ROOMY.ranked(rank.getKey()), session)
                                .output()
                                .strip())
                        .isEqualTo(shares ? rank.getValue() : "");
            }
        }
    }

    @Test
    void what_somebody_waits_for_goes_first() throws Exception {
        try (FfmpegKit kit = FfmpegKit.real()) {
            assertThat(inside(kit, FfmpegKit.ROOMY.ranked(Limits.Rank.FIRST), "nice")
                            .output()
                            .strip())
                    .isEqualTo("5");
        }
    }

    @ParameterizedTest
    @EnumSource(SandboxLevel.class)
    void memory_file_size_and_open_files_are_bounded(SandboxLevel level) throws Exception {
        Limits tight =
                new Limits(1L << 30, 100_000, Duration.ofSeconds(7), Duration.ofSeconds(9), Duration.ofSeconds(9));
        try (FfmpegKit kit = FfmpegKit.real(level)) {
            Ran ran = inside(kit, tight, "ulimit -v; ulimit -t; ulimit -n; ulimit -c; head -c 200000 /dev/zero > big");

            assertThat(ran.output()).startsWith("1048576\n7\n256\n0\n");
            assertThat(Files.size(directory.resolve("scratch/out/big"))).isEqualTo(100_000);
        }
    }

    @Test
    void a_level_that_does_not_work_gives_way_to_the_next_one() {
        FfmpegConfig config = FfmpegKit.config(Map.of());
        Sandbox sandbox = new Sandbox(config, new FfmpegInstallation(config), List.of(SandboxLevel.LIMITS));

        assertThat(sandbox.level()).isEqualTo(SandboxLevel.LIMITS);
    }

    @Test
    void weaker_than_required_is_refused_with_a_sentence() {
        FfmpegConfig config = FfmpegKit.config(Map.of("sandbox", "bubblewrap"));
        FfmpegInstallation installation = new FfmpegInstallation(config);

        assertThatThrownBy(
                        () -> new Sandbox(config, installation, List.of(SandboxLevel.NAMESPACES, SandboxLevel.LIMITS)))
                .isInstanceOf(FfmpegUnavailableException.class)
                .hasMessageContaining("requires BUBBLEWRAP")
                .hasMessageContaining("only offers NAMESPACES");
    }

    @Test
    void an_ordinary_user_gets_the_same_levels() throws Exception {
        // The test may run as root; the levels must not need that.
        Path scratch = Files.createDirectories(
                Path.of("/tmp/millrace-sandbox-test-" + ProcessHandle.current().pid()));
        try {
            FfmpegConfig config = FfmpegKit.config(Map.of());
            Workspace workspace = new Workspace(scratch, Map.of());
            workspace.prepare();
            for (SandboxLevel level : List.of(SandboxLevel.BUBBLEWRAP, SandboxLevel.LIMITS)) {
                List<String> argv = new ArrayList<>(asNobody());
                argv.addAll(Confinement.of(level, config).prefix(BASH, workspace, FfmpegKit.ROOMY));
                argv.addAll(List.of(BASH.toString(), "-c", "echo works"));
                assertThat(run(argv, scratch).output()).as(level.name()).contains("works");
            }
        } finally {
            Files.deleteIfExists(scratch.resolve("out"));
            Files.deleteIfExists(scratch);
        }
    }

    private static List<String> asNobody() {
        boolean root = "root".equals(System.getProperty("user.name"));
        return root ? List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups") : List.of();
    }

    private Ran inside(FfmpegKit kit, Limits limits, String script) throws Exception {
        Path source = Files.writeString(directory.resolve("source"), "the source\n");
        Workspace workspace = Workspace.ofSource(directory.resolve("scratch"), source);
        return run(kit.sandbox().enter(BASH, List.of("-c", script), workspace, limits), workspace.outputDirectory());
    }

    private Ran outside(String script) throws Exception {
        return run(List.of(BASH.toString(), "-c", script), directory);
    }

    private static Ran run(List<String> argv, Path where) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(where.toFile()).redirectErrorStream(true);
        ChildEnvironment.apply(builder);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
