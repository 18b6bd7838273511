package org.millrace.worker.analyse;

import java.util.List;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.attempt.AttemptFailedException;

/** How long a source may be: time stamps can claim centuries, and every second of them would become pictures. */
final class Lengths {

    private static final double LONGEST_HOURS = 48;

    private Lengths() {}

    /**
     * Returns if no track is longer than two days.
     *
     * @throws AttemptFailedException with {@link FailureCode#TOO_COMPLEX} if one is
     */
    static void check(List<TrackIndex> tracks) {
        double hours =
                tracks.stream().mapToDouble(TrackIndex::spanSeconds).max().orElse(0) / 3600;
        if (hours > LONGEST_HOURS) {
            throw new AttemptFailedException(
                    FailureCode.TOO_COMPLEX, "It lasts " + Math.round(hours) + " hours by its time stamps");
        }
    }
}
