package org.millrace.worker.ffmpeg;

/**
 * How far a run has come.
 *
 * @param frames frames written to the first video output
 * @param outTimeSeconds media time written, counted from the run's first frame; 0 while unknown
 * @param speed media seconds per second; 0 while unknown
 * @param totalBytes bytes written to the first output; 0 while unknown
 * @param last whether ffmpeg says this was all
 */
public record ProgressTick(long frames, double outTimeSeconds, double speed, long totalBytes, boolean last) {

    /** Before anything happened. */
    public static final ProgressTick NONE = new ProgressTick(0, 0, 0, 0, false);

    /** Whether anything grew since another tick. */
    boolean isBeyond(ProgressTick earlier) {
        return frames > earlier.frames || outTimeSeconds > earlier.outTimeSeconds || totalBytes > earlier.totalBytes;
    }
}
