package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes small sources for tests, outside of any sandbox. */
public final class Clips {

    private Clips() {}

    /** A moving pattern with a tone: H.264 with B-frames and one long GOP, AAC. */
    public static Path pattern(Path file, int width, int height, String rate, int seconds) throws IOException {
        return make(
                file,
                "-f lavfi -i testsrc2=s=%dx%d:r=%s:d=%d -f lavfi -i sine=f=440:d=%d -c:v libx264 -preset ultrafast -bf 2 -g 250 -pix_fmt yuv420p -c:a aac"
                        .formatted(width, height, rate, seconds, seconds));
    }

    /** Whatever these options make. */
    static Path make(Path file, String options) throws IOException {
        List<String> argv = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-loglevel", "error", "-y"));
        argv.addAll(List.of(options.split(" ")));
        argv.add(file.toString());
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return file;
    }
}
