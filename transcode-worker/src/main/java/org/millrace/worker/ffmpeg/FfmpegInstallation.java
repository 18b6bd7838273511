package org.millrace.worker.ffmpeg;

import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ffmpeg and ffprobe of this machine, found and checked when the worker starts. */
@Singleton
@Startup
public class FfmpegInstallation {

    private static final String REMEDY =
            "install FFmpeg 5.1 or newer (Debian, Ubuntu: apt install ffmpeg) or set millrace.ffmpeg.%s to its path.";
    private static final Pattern ENCODER = Pattern.compile("x264 - core (\\d+[ \\w]*?) - ");

    private final Path ffmpeg;
    private final Path ffprobe;
    private final FfmpegVersion version;
    private final String fingerprint;

    /**
     * Finds the programs, reads their version and encodes one frame.
     *
     * @throws FfmpegUnavailableException if one is missing, too old, or cannot encode H.264
     */
    @Inject
    public FfmpegInstallation(FfmpegConfig config) {
        ffmpeg = find(config.ffmpeg(), "ffmpeg");
        ffprobe = find(config.ffprobe(), "ffprobe");
        version = FfmpegVersion.parse(ask(ffmpeg, "-version"))
                .orElseThrow(() -> refusal("The program " + ffmpeg + " does not answer like ffmpeg"));
        if (!version.isRecentEnough()) {
            throw refusal("The ffmpeg at " + ffmpeg + " is version " + version.text() + ", which is too old");
        }
        fingerprint = version.fingerprint(encoderOf(ffmpeg));
    }

    /** Its version. */
    public FfmpegVersion version() {
        return version;
    }

    /** Names the encoder; workers with equal ones make chunks that join. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Where a program is. */
    Path path(Program program) {
        return switch (program) {
            case FFMPEG -> ffmpeg;
            case FFPROBE -> ffprobe;
        };
    }

    /** Encodes a black frame: the encoder signs its first frame with its name and version. */
    private static String encoderOf(Path ffmpeg) {
        String frame = ask(
                ffmpeg,
                ("-nostdin -loglevel error -f rawvideo -pix_fmt yuv420p -video_size 64x64 -i /dev/zero -frames:v 1 "
                                + "-c:v libx264 -f h264 pipe:1")
                        .split(" "));
        Matcher encoder = ENCODER.matcher(frame);
        if (!encoder.find()) {
            throw refusal("The ffmpeg at " + ffmpeg + " cannot encode H.264 with libx264");
        }
        return "x264 core " + encoder.group(1);
    }

    private static Path find(String program, String setting) {
        return SearchPath.find(program)
                .orElseThrow(() -> new FfmpegUnavailableException(
                        "The program " + program + " was not found: " + REMEDY.formatted(setting)));
    }

    private static FfmpegUnavailableException refusal(String what) {
        return new FfmpegUnavailableException(what + ": " + REMEDY.formatted("ffmpeg"));
    }

    private static String ask(Path program, String... questions) {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(List.of(questions));
        try {
            Process process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return answer;
        } catch (IOException e) {
            throw new FfmpegUnavailableException(
                    "The program " + program + " cannot be started: " + REMEDY.formatted("ffmpeg"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FfmpegUnavailableException("The check of " + program + " was interrupted.", e);
        }
    }
}
