package org.millrace.worker.publish;

import java.nio.file.Path;
import org.millrace.worker.mp4.Mp4File;

/**
 * A track that was read to its last byte and found good, which is what may be published.
 *
 * @param file where it is
 * @param content what it holds
 * @param initSha256 of what the encoder decided: equal for all pieces that may be joined
 */
public record VerifiedTrack(Path file, Mp4File content, String initSha256) {

    /** When its first fragment is decoded, in ticks. */
    public long startTicks() {
        return content.fragments().isEmpty()
                ? 0
                : content.fragments().getFirst().baseDecodeTime();
    }

    /** Length in seconds. */
    public double seconds() {
        return content.durationTicks() / (double) content.init().track().timescale();
    }
}
