package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a tree has come apart, nothing of it is left when it is killed. */
class ProcessTreeTest {

    @TempDir
    Path directory;

    @Test
    void a_child_that_lost_its_parent_before_it_was_ever_seen_is_killed_too() throws Exception {
        Process root = start("sleep 300 & echo $!");
        ProcessHandle child = ProcessHandle.of(Long.parseLong(line(root))).orElseThrow();
        assertThat(root.waitFor()).isZero();
        assertThat(child.isAlive()).isTrue();
        new ProcessTree(root).kill();
        child.onExit().join();
        assertThat(child.isAlive()).isFalse();
    }

    /** Making its namespaces takes bubblewrap milliseconds in which the kernel does not let it die. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_a_sandbox_starts_in_the_moment_of_the_kill_is_killed_too(boolean interrupted) throws Exception {
        FfmpegCommand command = new FfmpegCommand(Program.FFMPEG, List.of("work"));
        Workspace workspace = new Workspace(directory.resolve("scratch"), Map.of());
        try (FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.BUBBLEWRAP, "sleep 300")) {
            for (int i = 0; i < 60; i++) {
                FfmpegProcess run = kit.runner().start(command, workspace, FfmpegKit.ROOMY, ProgressListener.SILENT);
                LockSupport.parkNanos(i * 200_000L);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                run.cancel();
                assertThat(Thread.interrupted()).isEqualTo(interrupted);

                List<ProcessHandle> left = ProcessHandle.allProcesses()
                        .filter(process -> isAbout(process, workspace.scratch()))
                        .toList();
                left.forEach(ProcessHandle::destroyForcibly);
                assertThat(left).as("after " + i).isEmpty();
            }
        }
    }

    /** Whether its command line names a folder, as that of every part of a sandbox names the folder of its run. */
    private static boolean isAbout(ProcessHandle process, Path folder) {
        try {
            Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            return Files.readString(line, StandardCharsets.ISO_8859_1).contains(folder.toString());
        } catch (IOException endedMeanwhile) {
            return false;
        }
    }

    @Test
    void a_process_of_another_session_is_left_alone() throws Exception {
        Process other = start("echo ready; exec sleep 300");
        Process root = start("echo ready; exec sleep 300");
        assertThat(line(other)).isEqualTo(line(root));
        try {
            new ProcessTree(root).kill();
            assertThat(root.isAlive()).isFalse();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    private static Process start(String script) throws IOException {
        return new ProcessBuilder("setsid", "sh", "-c", script).start();
    }

    private static String line(Process process) throws IOException {
        // Not closed: the child holds the other end.
        BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII);
        return lines.readLine();
    }
}
