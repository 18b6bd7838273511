package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short run of a trusted program, to see whether it works at all. */
final class Trial {

    private Trial() {}

    /**
     * Runs to the end.
     *
     * @throws IOException with its last words if it cannot be started, fails, or takes longer than ten seconds
     */
    static void run(List<String> argv, Path directory) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true);
        ChildEnvironment.apply(builder);
        Process process = builder.start();
        try {
            String words = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IOException("it did not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException(words.lines().findFirst().orElse("exit code " + process.exitValue()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
