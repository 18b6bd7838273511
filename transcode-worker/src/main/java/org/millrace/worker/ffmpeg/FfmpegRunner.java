package org.millrace.worker.ffmpeg;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs ffmpeg and ffprobe in the sandbox and watches each run until it ends. Safe for use by several threads. */
@Singleton
public class FfmpegRunner implements AutoCloseable {

    private final FfmpegInstallation installation;
    private final Sandbox sandbox;
    private final MeterRegistry metrics;
    private final LaunchThread launcher = new LaunchThread();
    private final Set<FfmpegProcess> running = ConcurrentHashMap.newKeySet();

    /** A runner with a launch thread of its own; close it. */
    @Inject
    public FfmpegRunner(FfmpegInstallation installation, Sandbox sandbox, MeterRegistry metrics) {
        this.installation = installation;
        this.sandbox = sandbox;
        this.metrics = metrics;
        Gauge.builder("millrace.worker.ffmpeg.running", running, Set::size)
                .description("Runs of ffmpeg and ffprobe that have not ended")
                .register(metrics);
    }

    /**
     * Starts an ffmpeg command. The caller closes the run, which kills what is left of it.
     *
     * @param listener hears progress on a thread of the run
     * @throws IOException if it cannot be started; how it ends is told by its result instead
     */
    public FfmpegProcess start(FfmpegCommand command, Workspace workspace, Limits limits, ProgressListener listener)
            throws IOException {
        return launch(command, workspace, limits, run -> run.readProgress(listener));
    }

    /**
     * Starts an ffprobe command whose output the caller reads. The caller closes the run.
     *
     * @param lines takes each line of output on a thread of the run; if it throws, the run is killed and the exception
     *     comes out of {@link FfmpegProcess#await()}
     * @throws IOException if it cannot be started
     */
    public FfmpegProcess startReading(FfmpegCommand command, Workspace workspace, Limits limits, Consumer<String> lines)
            throws IOException {
        return launch(command, workspace, limits, run -> run.readLines(lines));
    }

    /**
     * Starts an ffmpeg command that writes media to standard output. The caller closes the run.
     *
     * @param reader takes the bytes on a thread of the run; if it throws, the run is killed and the exception comes out of
     *     {@link FfmpegProcess#await()}
     * @param listener hears progress on another thread of the run
     * @throws IOException if it cannot be started
     */
    public FfmpegProcess startStreaming(
            FfmpegCommand command, Workspace workspace, Limits limits, ByteReader reader, ProgressListener listener)
            throws IOException {
        return launch(command, workspace, limits, run -> run.readBytes(reader, listener));
    }

    /**
     * Runs an ffmpeg command to its end.
     *
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the waiting thread is interrupted; the run is killed then
     */
    public FfmpegResult run(FfmpegCommand command, Workspace workspace, Limits limits)
            throws IOException, InterruptedException {
        try (FfmpegProcess process = start(command, workspace, limits, ProgressListener.SILENT)) {
            return process.await();
        }
    }

    /** How many runs have not ended. */
    public int runningCount() {
        return running.size();
    }

    /** Kills every run and starts no more. */
    @Override
    @PreDestroy
    public void close() {
        running.forEach(FfmpegProcess::close);
        launcher.close();
    }

    private FfmpegProcess launch(
            FfmpegCommand command, Workspace workspace, Limits limits, Consumer<FfmpegProcess> reading)
            throws IOException {
        List<String> argv = sandbox.enter(installation.path(command.program()), command.arguments(), workspace, limits);
        workspace.write(command.files());
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(workspace.outputDirectory().toFile());
        ChildEnvironment.apply(builder);
        long killsBefore = KernelKills.count();
        FfmpegProcess run = new FfmpegProcess(launcher.start(builder), limits, killsBefore);
        running.add(run);
        run.result().whenComplete((result, failure) -> {
            running.remove(run);
            if (result != null) {
                count(command.program(), result);
            }
        });
        reading.accept(run);
        return run;
    }

    private void count(Program program, FfmpegResult result) {
        Timer.builder("millrace.worker.ffmpeg")
                .description("Runs of ffmpeg and ffprobe by how they ended")
                .tag("program", word(program))
                .tag("end", word(result.reason()))
                .register(metrics)
                .record(result.wall());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
