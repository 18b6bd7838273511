package org.millrace.model.media;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * How a video track says its numbers become colours, in FFmpeg's names (ITU-T H.273).
 *
 * @param primaries for example {@code bt709} or {@code bt2020}; null if unknown
 * @param transfer for example {@code bt709}, {@code smpte2084} (PQ) or {@code arib-std-b67} (HLG); null if unknown
 * @param matrix for example {@code bt709} or {@code bt2020nc}; null if unknown
 * @param range {@code tv} or {@code pc}; null if unknown
 */
public record ColorFacts(String primaries, String transfer, String matrix, String range) {

    /** Whether the track is high dynamic range (PQ or HLG) and needs tone mapping for ordinary screens. */
    @JsonIgnore
    public boolean isHdr() {
        return "smpte2084".equals(transfer) || "arib-std-b67".equals(transfer);
    }
}
