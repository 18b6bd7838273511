package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** However a tree has come apart, nothing of it is left when it is killed. */
class ProcessTreeTest {

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
