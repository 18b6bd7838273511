package org.millrace.model.media;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * What the packets of one track really hold, counted packet by packet: the truth that a header may lie about.
 *
 * @param track stream index in the file
 * @param firstSeconds lowest presentation time stamp
 * @param endSeconds highest presentation time stamp plus that packet's duration
 * @param packets number of packets
 * @param keyFrames number of packets a decoder can start at
 * @param longestGapSeconds longest time between two neighbouring presentation time stamps
 * @param bytes of all packets together; null if unknown
 * @param longestKeyGapSeconds longest time from one key frame to the next, or to the end; null if unknown
 * @param openGops whether pictures are shown before the key frame that they follow in the file, which players cannot
 *     start at cleanly; null if unknown
 * @param keys key frames of a video track in order, thinned out where they are dense; null is read as none
 * @param reach how far a video track has to be read for what is shown up to a moment; null if unknown
 */
public record TrackIndex(
        int track,
        double firstSeconds,
        double endSeconds,
        long packets,
        long keyFrames,
        double longestGapSeconds,
        Long bytes,
        Double longestKeyGapSeconds,
        Boolean openGops,
        List<KeyFrame> keys,
        Reach reach) {

    /** Takes a copy of the list. */
    public TrackIndex {
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    /** Seconds from first to end. */
    @JsonIgnore
    public double spanSeconds() {
        return Math.max(0, endSeconds - firstSeconds);
    }

    /** Bits per second of its packets; empty if unknown. */
    @JsonIgnore
    public Optional<Double> bitRate() {
        return bytes == null || spanSeconds() == 0 ? Optional.empty() : Optional.of(8 * bytes / spanSeconds());
    }

    /** The last listed key frame that is shown at or before a time of the file; empty if there is none. */
    public Optional<KeyFrame> keyAt(double seconds) {
        int low = 0;
        int high = keys.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys.get(middle).seconds() <= seconds) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Optional.empty() : Optional.of(keys.get(low - 1));
    }
}
