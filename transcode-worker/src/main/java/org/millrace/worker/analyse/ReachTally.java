package org.millrace.worker.analyse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.millrace.model.media.Reach;
import org.millrace.worker.ffmpeg.IndexedPacket;

/** Notes where in the file the packets of each second end, as long as they lie there in the order they are listed. */
final class ReachTally {

    private static final int MOST = 20_000;

    private long[] ends = new long[64];
    private int steps;
    private double from = Double.NaN;
    private double step = 1;
    private long previous = -1;
    private boolean orderly = true;

    /**
     * Takes the next packet of the track.
     *
     * @param shown its time
     */
    void add(double shown, IndexedPacket packet) {
        orderly &= packet.position() > previous;
        if (!orderly) {
            return;
        }
        previous = packet.position();
        from = Double.isNaN(from) ? shown : from;
        while ((shown - from) / step >= MOST) {
            coarsen();
        }
        int at = (int) Math.max(0, (shown - from) / step);
        if (at >= ends.length) {
            ends = Arrays.copyOf(ends, Math.max(at + 1, 2 * ends.length));
        }
        steps = Math.max(steps, at + 1);
        ends[at] = Math.max(ends[at], packet.position() + packet.size());
    }

    /** What was noted; null if it is of no use. */
    Reach finish() {
        if (!orderly || steps == 0) {
            return null;
        }
        List<Long> rising = new ArrayList<>();
        long end = 0;
        for (int i = 0; i < steps; i++) {
            end = Math.max(end, ends[i]);
            rising.add(end);
        }
        return new Reach(from, step, rising);
    }

    private void coarsen() {
        for (int i = 0; i < (steps + 1) / 2; i++) {
            ends[i] = Math.max(ends[2 * i], 2 * i + 1 < steps ? ends[2 * i + 1] : 0);
        }
        Arrays.fill(ends, (steps + 1) / 2, ends.length, 0);
        steps = (steps + 1) / 2;
        step *= 2;
    }
}
