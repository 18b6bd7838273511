package org.millrace.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {

    @TempDir
    Path root;

    @Test
    void what_a_dead_worker_left_goes_and_so_does_what_still_runs_there() throws Exception {
        Path dead = Files.createDirectories(root.resolve("worker-dead").resolve("attempt-1"));
        Files.createFile(root.resolve("worker-dead").resolve("lock"));
        Process named = start(root, "sleep 300; : " + dead);
        Process within = start(dead, "sleep 300; :");
        Process other = start(root, "sleep 300; :");
        try {
            new ScratchFolder(config());

            assertThat(root.resolve("worker-dead")).doesNotExist();
            await().until(() -> !named.isAlive() && !within.isAlive());
            assertThat(other.isAlive()).isTrue();
        } finally {
            end(named);
            end(within);
            end(other);
        }
    }

    @Test
    void what_belongs_to_a_worker_that_lives_stays() throws Exception {
        ScratchFolder living = new ScratchFolder(config());
        Path attempt = living.create("attempt-1");
        Process within = start(attempt, "sleep 300; :");
        try {
            new ScratchFolder(config());

            assertThat(attempt).exists();
            assertThat(within.isAlive()).isTrue();
        } finally {
            end(within);
        }
        living.close(new ShutdownEvent());
        assertThat(attempt).doesNotExist();
    }

    private static Process start(Path folder, String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).directory(folder.toFile()).start();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private ScratchConfig config() {
        return new ScratchConfig() {
            @Override
            public Path path() {
                return root;
            }

            @Override
            public MemorySize cache() {
                return new MemorySize(BigInteger.ONE);
            }

            @Override
            public MemorySize reserve() {
                return new MemorySize(BigInteger.ONE);
            }
        };
    }
}
