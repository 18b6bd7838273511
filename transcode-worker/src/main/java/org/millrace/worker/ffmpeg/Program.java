package org.millrace.worker.ffmpeg;

/** The two programs of an ffmpeg installation. */
public enum Program {
    /** Converts. */
    FFMPEG,
    /** Describes. */
    FFPROBE
}
