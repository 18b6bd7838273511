package org.millrace.worker.analyse;

import java.util.List;
import java.util.PriorityQueue;
import org.millrace.model.media.TrackIndex;
import org.millrace.worker.ffmpeg.IndexedPacket;

/**
 * Counts the packets of one track with bounded memory. A packet without a presentation time is taken at its decode time,
 * one without a duration lasts as long as the step before it. A track without any times, a bare stream of pictures, lasts
 * as long as its packets do together; where its key frames are shown remains unknown.
 */
final class PacketTally {

    /** Packets come in decode order; no codec reorders over more than this. */
    private static final int REORDER = 64;

    private final int track;
    private final PriorityQueue<Double> window = new PriorityQueue<>();
    private final KeyTally keys = new KeyTally();
    private final ReachTally reach = new ReachTally();
    private double first = Double.POSITIVE_INFINITY;
    private double last = Double.NEGATIVE_INFINITY;
    private double lastDuration;
    private double previous = Double.NaN;
    private double step;
    private double untimed;
    private double longestGap;
    private long packets;
    private long bytes;
    private long keyFrames;

    PacketTally(int track) {
        this.track = track;
    }

    void add(IndexedPacket packet) {
        if (packet.discard()) {
            return;
        }
        packets++;
        bytes += packet.size();
        keyFrames += packet.key() ? 1 : 0;
        double lasts = packet.duration() == null ? 0 : packet.duration().toNanos() / 1e9;
        if (packet.pts() == null && packet.dts() == null) {
            untimed += lasts;
            return;
        }
        double shown = (packet.pts() != null ? packet.pts() : packet.dts()).toNanos() / 1e9;
        keys.add(shown, packet);
        reach.add(shown, packet);
        first = Math.min(first, shown);
        if (shown >= last) {
            last = shown;
            lastDuration = lasts;
        }
        window.add(shown);
        if (window.size() > REORDER) {
            passOn(window.remove());
        }
    }

    /**
     * The counts; call it once, at the end.
     *
     * @param video whether it is a picture, whose key frames matter
     */
    TrackIndex finish(boolean video) {
        while (!window.isEmpty()) {
            passOn(window.remove());
        }
        if (last < first) {
            double gap = packets == 0 ? 0 : untimed / packets;
            // Nobody can seek there: as if there were only one key frame.
            Double keyGap = video && packets > 0 ? Double.valueOf(untimed) : null;
            return new TrackIndex(track, 0, untimed, packets, keyFrames, gap, bytes, keyGap, null, List.of(), null);
        }
        double end = last + (lastDuration > 0 ? lastDuration : step);
        return new TrackIndex(
                track,
                first,
                end,
                packets,
                keyFrames,
                longestGap,
                bytes,
                video ? keys.longestGapUntil(end) : null,
                video ? keys.openGops() : null,
                video ? keys.list() : List.of(),
                video ? reach.finish() : null);
    }

    private void passOn(double shown) {
        if (!Double.isNaN(previous) && shown > previous) {
            step = shown - previous;
            longestGap = Math.max(longestGap, step);
        }
        previous = shown;
    }
}
