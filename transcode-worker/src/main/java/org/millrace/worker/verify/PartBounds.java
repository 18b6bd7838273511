package org.millrace.worker.verify;

import org.millrace.worker.mp4.FragmentInfo;

/** Which fragments of a run that has to begin at the start of its source belong to the part that is made. */
final class PartBounds {

    private final long skipTicks;
    private final double untilSeconds;
    private boolean begun;

    /**
     * The bounds of a part.
     *
     * @param skipTicks end of what exists already; 0 if nothing does
     * @param untilSeconds end of the part: what ends later is left to the rest
     */
    PartBounds(long skipTicks, double untilSeconds) {
        this.skipTicks = skipTicks;
        this.untilSeconds = untilSeconds;
    }

    /**
     * Whether the next fragment of the run belongs to the part.
     *
     * @param timescale ticks per second
     */
    boolean hold(FragmentInfo fragment, long timescale) {
        long ends = fragment.endDecodeTime();
        if (ends <= skipTicks) {
            return false;
        }
        if (!begun && skipTicks > 0 && fragment.baseDecodeTime() != skipTicks) {
            throw Invalid.output("What exists already ends at tick " + skipTicks + ", inside of a fragment");
        }
        begun = true;
        return ends <= untilSeconds * timescale;
    }

    /**
     * Checks the end of the run.
     *
     * @param endTicks of its last fragment; negative if there was none
     */
    void finish(long endTicks) {
        if (endTicks < skipTicks) {
            throw Invalid.output("The track ends at tick " + endTicks + ", before what exists already does");
        }
    }
}
