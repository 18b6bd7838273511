package org.millrace.worker.ffmpeg;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real ffmpeg of this machine, or a script in its place, put together as the worker does it. */
public final class FfmpegKit implements AutoCloseable {

    /** Room enough for the small clips of tests. */
    public static final Limits ROOMY =
            new Limits(8L << 30, 1L << 30, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(30));

    private final FfmpegConfig config;
    private final FfmpegInstallation installation;
    private final Sandbox sandbox;
    private final FfmpegRunner runner;

    private FfmpegKit(FfmpegConfig config, List<SandboxLevel> levels) {
        this.config = config;
        installation = new FfmpegInstallation(config);
        sandbox = new Sandbox(config, installation, levels);
        runner = new FfmpegRunner(installation, sandbox, new SimpleMeterRegistry());
    }

    /** The installed ffmpeg in the strongest sandbox. */
    public static FfmpegKit real() {
        return new FfmpegKit(config(Map.of()), List.of(SandboxLevel.values()));
    }

    /** The installed ffmpeg in one sandbox. */
    static FfmpegKit real(SandboxLevel level) {
        return new FfmpegKit(config(Map.of()), List.of(level));
    }

    /**
     * A script that stands for ffmpeg: it answers the checks at start like the real one and then does something else.
     *
     * @param directory where the script is put
     * @param behaviour bash
     */
    static FfmpegKit fake(Path directory, SandboxLevel level, String behaviour) throws IOException {
        Path script = directory.resolve("ffmpeg");
        String real = SearchPath.find("ffmpeg").orElseThrow().toString();
        Files.writeString(script, """
                #!/bin/bash
                case "$*" in *-version*|*/dev/zero*) exec %s "$@" ;; esac
                %s
                """.formatted(real, behaviour));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new FfmpegKit(config(Map.of("ffmpeg", script.toString())), List.of(level));
    }

    /** Configuration with some keys set, without their prefix. */
    static FfmpegConfig config(Map<String, String> values) {
        Map<String, String> prefixed = new HashMap<>();
        values.forEach((key, value) -> prefixed.put("millrace.ffmpeg." + key, value));
        return new SmallRyeConfigBuilder()
                .withMapping(FfmpegConfig.class)
                .withDefaultValues(prefixed)
                .build()
                .getConfigMapping(FfmpegConfig.class);
    }

    /** The configuration in use. */
    public FfmpegConfig config() {
        return config;
    }

    /** The programs in use. */
    public FfmpegInstallation installation() {
        return installation;
    }

    /** The sandbox in use. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** The runner. */
    public FfmpegRunner runner() {
        return runner;
    }

    /** The guard the configuration asks for. */
    public InputGuard guard() {
        return InputGuard.of(config);
    }

    /** A probe over the runner. */
    public MediaProbe probe() {
        return new MediaProbe(config, runner);
    }

    @Override
    public void close() {
        runner.close();
    }
}
