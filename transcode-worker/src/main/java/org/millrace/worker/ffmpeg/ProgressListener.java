package org.millrace.worker.ffmpeg;

/** Hears how far a run has come, about four times a second, on a thread of the run: it must be quick and must not throw. */
@FunctionalInterface
public interface ProgressListener {

    /** Hears nothing. */
    ProgressListener SILENT = tick -> {};

    /** Takes a tick. */
    void onProgress(ProgressTick tick);
}
