package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One run of ffmpeg or ffprobe. Its streams are read and its limits watched from the start; closing it kills whatever is
 * left of it. Safe for use by several threads.
 */
public final class FfmpegProcess implements AutoCloseable {

    private static final int LONGEST_PAUSE_MILLIS = 250;

    /** What is in the pipes when a run ends is read within this time, unless an orphan holds them open. */
    private static final int LAST_WORDS_MILLIS = 5_000;

    /** The same for a reader that may write to a slow disk. */
    private static final int LAST_BYTES_MILLIS = 30_000;

    private final Process process;
    private final Limits limits;
    private final ProcessTree tree;
    private final StderrTail log = new StderrTail();
    private final long startedAt = System.nanoTime();
    private final long kernelKillsBefore;
    private final AtomicReference<EndReason> killedFor = new AtomicReference<>();
    private final AtomicReference<RuntimeException> readerFailure = new AtomicReference<>();
    private final CompletableFuture<FfmpegResult> result = new CompletableFuture<>();
    private volatile ProgressTick progress = ProgressTick.NONE;
    private volatile long lastActivity = startedAt;
    private volatile long earlyErrors;

    FfmpegProcess(Process process, Limits limits, long kernelKillsBefore) {
        this.process = process;
        this.limits = limits;
        this.kernelKillsBefore = kernelKillsBefore;
        tree = new ProcessTree(process);
    }

    /**
     * Waits for the end.
     *
     * @throws InterruptedException if the waiting thread is interrupted; the run is killed then
     */
    public FfmpegResult await() throws InterruptedException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            close();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The end, when it comes; fails only with what a reader of lines has thrown. */
    public CompletableFuture<FfmpegResult> result() {
        return result.copy();
    }

    /** The last tick; {@link ProgressTick#NONE} before the first. */
    public ProgressTick progress() {
        return progress;
    }

    /** Log lines of level error and above, so far. */
    public long errorLines() {
        return log.errors();
    }

    /** The id of the outermost process, for logs. */
    public long pid() {
        return process.pid();
    }

    /** Kills it and all it started; returns when they are gone. Does nothing if it has ended. */
    public void cancel() {
        killFor(EndReason.CANCELLED);
    }

    /** Cancels the run if it has not ended. */
    @Override
    public void close() {
        cancel();
    }

    /** Reads standard output as progress. */
    void readProgress(ProgressListener listener) {
        ProgressParser parser = new ProgressParser();
        begin(line -> parser.line(line).ifPresent(tick -> onTick(tick, listener)));
    }

    /** Reads standard output as lines for somebody else. */
    void readLines(Consumer<String> lines) {
        begin(line -> {
            lastActivity = System.nanoTime();
            lines.accept(line);
        });
    }

    /** Reads standard output as bytes for somebody else, and progress from among the log's lines. */
    void readBytes(ByteReader reader, ProgressListener listener) {
        ProgressParser parser = new ProgressParser();
        Thread out = reading("out", () -> {
            try (InputStream bytes =
                    new WatchedStream(process.getInputStream(), () -> lastActivity = System.nanoTime())) {
                reader.read(bytes);
            }
        });
        Thread err = drain("err", process.getErrorStream(), line -> {
            if (ProgressParser.isProgress(line)) {
                parser.line(line).ifPresent(tick -> onTick(tick, listener));
            } else {
                log.add(line);
            }
        });
        watching(out, LAST_BYTES_MILLIS, err);
    }

    private void onTick(ProgressTick tick, ProgressListener listener) {
        if (tick.isBeyond(progress)) {
            lastActivity = System.nanoTime();
        }
        if (progress.frames() == 0 && !tick.last()) {
            earlyErrors = log.errors();
        }
        progress = tick;
        if (tick.last()) {
            // The last moment at which the process can still be asked how much CPU it took.
            tree.sample();
        }
        listener.onProgress(tick);
    }

    private void begin(Consumer<String> stdout) {
        Thread out = drain("out", process.getInputStream(), stdout);
        Thread err = drain("err", process.getErrorStream(), log::add);
        watching(out, LAST_WORDS_MILLIS, err);
    }

    private void watching(Thread out, int patience, Thread err) {
        Thread.ofPlatform().daemon().name("ffmpeg-watch-" + pid()).start(() -> watch(out, patience, err));
    }

    private Thread drain(String name, InputStream stream, Consumer<String> consumer) {
        return reading(name, () -> BoundedLines.read(stream, consumer));
    }

    private interface Reading {
        void run() throws IOException;
    }

    private Thread reading(String name, Reading reading) {
        return Thread.ofPlatform().daemon().name("ffmpeg-" + name + "-" + pid()).start(() -> {
            try {
                reading.run();
            } catch (IOException closedByTheEnd) {
                log.add("[warning] " + name + " was cut off: " + closedByTheEnd.getMessage());
            } catch (RuntimeException e) {
                readerFailure.compareAndSet(null, e);
                cancel();
            }
        });
    }

    private void watch(Thread out, int patience, Thread err) {
        try {
            long pause = 10;
            Duration worked = Duration.ZERO;
            while (!process.waitFor(pause, TimeUnit.MILLISECONDS)) {
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
                tree.sample();
                if (limits.silent() && tree.cpu().compareTo(worked) > 0) {
                    worked = tree.cpu();
                    lastActivity = System.nanoTime();
                }
                if (since(lastActivity).compareTo(limits.stall()) > 0) {
                    killFor(EndReason.STALLED);
                } else if (since(startedAt).compareTo(limits.wall()) > 0) {
                    killFor(EndReason.WALL_TIME);
                }
            }
            Duration wall = since(startedAt);
            // What it left behind would hold the pipes open.
            tree.kill();
            out.join(patience);
            err.join(LAST_WORDS_MILLIS);
            finish(wall);
        } catch (InterruptedException | RuntimeException e) {
            tree.kill();
            result.completeExceptionally(e instanceof RuntimeException r ? r : new IllegalStateException(e));
        }
    }

    private void finish(Duration wall) {
        if (readerFailure.get() != null) {
            result.completeExceptionally(readerFailure.get());
            return;
        }
        int exitCode = process.exitValue();
        Duration cpu = tree.cpu();
        EndReason reason = killedFor.get() != null
                ? killedFor.get()
                : Diagnosis.of(exitCode, log, cpu, limits, KernelKills.count() > kernelKillsBefore);
        result.complete(new FfmpegResult(
                exitCode,
                reason,
                log.lines(),
                log.errors(),
                log.errors() - earlyErrors,
                log.warnings(),
                cpu,
                wall,
                progress));
    }

    private void killFor(EndReason reason) {
        if (process.isAlive() && killedFor.compareAndSet(null, reason)) {
            tree.kill();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
