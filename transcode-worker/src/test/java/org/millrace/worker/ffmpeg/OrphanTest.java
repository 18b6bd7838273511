package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrphanTest {

    @TempDir
    Path directory;

    /** A worker that starts a run from a thread that ends at once, says its process id, and waits. */
    static final class Worker {

        private Worker() {}

        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[0]);
            FfmpegKit kit = FfmpegKit.fake(directory, SandboxLevel.valueOf(args[1]), "exec sleep 300\n");
            Thread starter = Thread.ofPlatform().start(() -> {
                try {
                    FfmpegProcess process = kit.runner()
                            .start(
                                    new FfmpegCommand(Program.FFMPEG, List.of("work")),
                                    Workspace.ofSource(directory.resolve("w"), directory.resolve("ffmpeg")),
                                    FfmpegKit.ROOMY
                                            .withWall(Duration.ofMinutes(5))
                                            .withStall(Duration.ofMinutes(5)),
                                    ProgressListener.SILENT);
                    System.out.println(process.pid());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            starter.join();
            Thread.currentThread().join();
        }
    }

    @ParameterizedTest
    @EnumSource(SandboxLevel.class)
    void a_child_outlives_the_thread_that_asked_for_it_but_not_the_worker(SandboxLevel level) throws Exception {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Worker.class.getName(),
                        directory.toString(),
                        level.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader reader = worker.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(reader.readLine())).orElseThrow();
            await().atMost(Duration.ofSeconds(30)).until(() -> hasSleeper(child));
            List<ProcessHandle> all = new ArrayList<>(child.descendants().toList());
            all.add(child);
            await().during(Duration.ofMillis(300)).until(() -> all.stream().allMatch(ProcessHandle::isAlive));

            worker.destroyForcibly();

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(all).noneMatch(ProcessHandle::isAlive));
        } finally {
            worker.destroyForcibly();
        }
    }

    private static boolean hasSleeper(ProcessHandle child) {
        return Stream.concat(Stream.of(child), child.descendants())
                .anyMatch(process -> process.info().command().orElse("").endsWith("sleep"));
    }
}
