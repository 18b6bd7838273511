package org.millrace.model.media;

import java.util.List;

/**
 * How far into its file a track has to be read to have all that is shown up to some moment. It is known only of tracks
 * whose packets lie in the file in the order in which they are decoded.
 *
 * @param fromSeconds time stamp in the file at which the first step begins
 * @param stepSeconds length of a step; more than 0
 * @param ends offset in the file behind the packets of each step and of those before it; never falls
 */
public record Reach(double fromSeconds, double stepSeconds, List<Long> ends) {

    /** Takes a copy of the list. */
    public Reach {
        ends = List.copyOf(ends);
    }

    /**
     * The offset behind everything that is shown before a moment, and up to one step later.
     *
     * @param seconds time stamp in the file
     * @param beyond the answer for a moment behind the last step
     */
    public long endAt(double seconds, long beyond) {
        double step = Math.ceil((seconds - fromSeconds) / stepSeconds);
        if (step > ends.size()) {
            return beyond;
        }
        return step < 1 ? 0 : ends.get((int) step - 1);
    }
}
