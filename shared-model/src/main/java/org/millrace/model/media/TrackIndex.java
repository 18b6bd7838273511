package org.millrace.model.media;

/**
 * What the packets of one track really hold, counted packet by packet: the truth that a header may lie about.
 *
 * @param track stream index in the file
 * @param firstSeconds lowest presentation time stamp
 * @param endSeconds highest presentation time stamp plus that packet's duration
 * @param packets number of packets
 * @param keyFrames number of packets a decoder can start at
 * @param longestGapSeconds longest time between two neighbouring presentation time stamps
 */
public record TrackIndex(
        int track, double firstSeconds, double endSeconds, long packets, long keyFrames, double longestGapSeconds) {

    /** Seconds from first to end. */
    public double spanSeconds() {
        return Math.max(0, endSeconds - firstSeconds);
    }
}
