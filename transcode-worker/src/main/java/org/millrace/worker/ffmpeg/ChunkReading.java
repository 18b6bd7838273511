package org.millrace.worker.ffmpeg;

/** How an encoder of chunks takes what its source holds. */
public enum ChunkReading {
    /** Frames as the source has them: what is missing at either end of the span is missing in the output, and shows. */
    PLAIN,
    /** Damage is read over, and the span is filled: its first frame is held backwards, its last one forwards. */
    FILLED,
    /** Nothing is read: the span is black. */
    BLACK
}
