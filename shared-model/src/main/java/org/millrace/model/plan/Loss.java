package org.millrace.model.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.task.Remark;

/** Finds out what a source has lost: the difference between what its header promises and what its packets hold. */
public final class Loss {

    private static final double SHARE = 0.02;
    private static final double SECONDS = 1;

    private Loss() {}

    /** A remark if the source ends before its header says it should. */
    public static Optional<Remark> atEnd(MediaFacts facts, List<TrackIndex> packets) {
        if (facts.durationSeconds() == null || facts.whole()) {
            return Optional.empty();
        }
        double end = packets.stream().mapToDouble(TrackIndex::endSeconds).max().orElse(0) - facts.startSeconds();
        double promised = facts.durationSeconds();
        return endsAt(end, promised);
    }

    /** A remark if something that should last so long ends earlier by more than a second and two percent. */
    public static Optional<Remark> endsAt(double end, double promised) {
        if (promised - end <= Math.max(SECONDS, promised * SHARE)) {
            return Optional.empty();
        }
        return Optional.of(
                new Remark(Remark.Kind.LOSS, "The file ends at " + clock(end) + " of " + clock(promised) + "."));
    }

    /** Seconds as people read them: {@code 0:12}, {@code 1:02:03}. */
    public static String clock(double seconds) {
        long whole = Math.max(0, (long) seconds);
        long hours = whole / 3600;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
