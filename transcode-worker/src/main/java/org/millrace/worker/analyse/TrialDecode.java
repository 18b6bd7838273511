package org.millrace.worker.analyse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.ffmpeg.FfmpegConfig;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.Limits;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.TrialDecodeCommand;
import org.millrace.worker.ffmpeg.Workspace;

/** Decodes the first pictures or the first sound of a source: a header that can be read proves little. */
@ApplicationScoped
public class TrialDecode {

    /** Two pictures: enough to know that pictures come, and that they move. */
    private static final int PICTURES = 2;

    private static final int SOUNDS = 3;

    private final Converter converter;
    private final FfmpegConfig config;

    @Inject
    TrialDecode(Converter converter, FfmpegConfig config) {
        this.converter = converter;
        this.config = config;
    }

    /**
     * What a trial has shown.
     *
     * @param frames how many pictures came out
     * @param lastWords what FFmpeg complained of if there were none
     */
    record Tried(long frames, List<String> lastWords) {}

    /** A trial that runs while something else is done. */
    interface Pending extends AutoCloseable {

        /**
         * Waits for the end.
         *
         * @throws AttemptFailedException if something other than ffmpeg itself ended it
         */
        Tried await();

        /** Ends it if it still runs. */
        @Override
        void close();
    }

    /** Begins to decode the first moving picture of a file. */
    Pending beginFirstPicture(Attempt attempt, Path source) {
        FutureTask<Tried> task = new FutureTask<>(() -> firstPicture(attempt, source));
        Thread thread = Thread.ofVirtual().name("trial-" + attempt.id()).start(task);
        return new Pending() {
            @Override
            public Tried await() {
                return result(attempt, task);
            }

            @Override
            public void close() {
                task.cancel(true);
                join(thread);
            }
        };
    }

    /** Decodes a picture by its number. */
    Tried picture(Attempt attempt, Path source, int stream) {
        return tried(run(attempt, source, "picture", TrialDecodeCommand.picture(stream, PICTURES)));
    }

    /** Most files say enough about themselves for the quick way; only the thorough one may give a file up. */
    private Tried firstPicture(Attempt attempt, Path source) {
        int quick = quickly(attempt, source);
        return quick == PICTURES
                ? new Tried(quick, List.of())
                : tried(run(attempt, source, "trial", TrialDecodeCommand.firstPicture(PICTURES)));
    }

    private int quickly(Attempt attempt, Path source) {
        try {
            return converter.firstFrames(attempt, Workspace.ofSource(attempt.scratch("glance"), source), PICTURES);
        } catch (ProbeException | AttemptFailedException e) {
            attempt.checkGoing();
            return 0;
        }
    }

    private static Tried tried(FfmpegResult result) {
        return new Tried(result.progress().frames(), result.stderrTail());
    }

    /** Whether anything can be heard of a sound track. */
    boolean isHeard(Attempt attempt, Path source, int stream) {
        try {
            FfmpegResult result = run(attempt, source, "sound-" + stream, TrialDecodeCommand.sound(stream, SOUNDS));
            return result.progress().outTimeSeconds() > 0;
        } catch (AttemptFailedException e) {
            if (e.code() == FailureCode.NOTHING_DECODABLE) {
                return false;
            }
            throw e;
        }
    }

    private FfmpegResult run(Attempt attempt, Path source, String name, TrialDecodeCommand command) {
        Workspace workspace = Workspace.ofSource(attempt.scratch(name), source);
        Limits limits = converter.limits(0, 1).withWall(config.probeTimeout()).withStall(config.probeTimeout());
        try {
            return converter.run(
                    attempt, command.toCommand(converter.guard()), workspace, limits, ProgressListener.SILENT);
        } catch (AttemptFailedException e) {
            if (e.code() == FailureCode.TOO_COMPLEX || e.code() == FailureCode.ENCODER_STALLED) {
                throw new AttemptFailedException(
                        FailureCode.NOTHING_DECODABLE, "Nothing came out within " + config.probeTimeout(), e);
            }
            throw e;
        }
    }

    private static Tried result(Attempt attempt, FutureTask<Tried> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | CancellationException e) {
            attempt.checkGoing();
            throw new AttemptFailedException(FailureCode.ENCODER_KILLED, "The worker was interrupted", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
