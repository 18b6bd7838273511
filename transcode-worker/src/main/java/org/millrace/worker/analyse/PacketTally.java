package org.millrace.worker.analyse;

import java.util.PriorityQueue;
import org.millrace.model.media.TrackIndex;
import org.millrace.worker.ffmpeg.IndexedPacket;

/**
 * Counts the packets of one track with bounded memory. A packet without a presentation time is taken at its decode time,
 * one without a duration lasts as long as the step before it.
 */
final class PacketTally {

    /** Packets come in decode order; no codec reorders over more than this. */
    private static final int REORDER = 64;

    private final int track;
    private final PriorityQueue<Double> window = new PriorityQueue<>();
    private double first = Double.POSITIVE_INFINITY;
    private double last = Double.NEGATIVE_INFINITY;
    private double lastDuration;
    private double previous = Double.NaN;
    private double step;
    private double longestGap;
    private long packets;
    private long keyFrames;

    PacketTally(int track) {
        this.track = track;
    }

    void add(IndexedPacket packet) {
        if (packet.discard()) {
            return;
        }
        packets++;
        keyFrames += packet.key() ? 1 : 0;
        if (packet.pts() == null && packet.dts() == null) {
            return;
        }
        double shown = (packet.pts() != null ? packet.pts() : packet.dts()).toNanos() / 1e9;
        first = Math.min(first, shown);
        if (shown >= last) {
            last = shown;
            lastDuration = packet.duration() == null ? 0 : packet.duration().toNanos() / 1e9;
        }
        window.add(shown);
        if (window.size() > REORDER) {
            passOn(window.remove());
        }
    }

    /** The counts; call it once, at the end. */
    TrackIndex finish() {
        while (!window.isEmpty()) {
            passOn(window.remove());
        }
        if (last < first) {
            return new TrackIndex(track, 0, 0, packets, keyFrames, 0);
        }
        double end = last + (lastDuration > 0 ? lastDuration : step);
        return new TrackIndex(track, first, end, packets, keyFrames, longestGap);
    }

    private void passOn(double shown) {
        if (!Double.isNaN(previous) && shown > previous) {
            step = shown - previous;
            longestGap = Math.max(longestGap, step);
        }
        previous = shown;
    }
}
