package org.millrace.model.media;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * How a video track says its numbers become colours, in FFmpeg's names (ITU-T H.273).
 *
 * @param primaries for example {@code bt709} or {@code bt2020}; null if unknown
 * @param transfer for example {@code bt709}, {@code smpte2084} (PQ) or {@code arib-std-b67} (HLG); null if unknown
 * @param matrix for example {@code bt709} or {@code bt2020nc}; null if unknown
 * @param range {@code tv} or {@code pc}; null if unknown
 * @param peakNits brightest light of a high dynamic range picture in cd/m², as the file says; null if unknown
 * @param premultiplied whether the colours of a transparent picture are weighted by its opacity already; null if the
 *     picture is not transparent
 */
public record ColorFacts(
        String primaries, String transfer, String matrix, String range, Integer peakNits, Boolean premultiplied) {

    /** Colours of an opaque picture whose peak is unknown. */
    public ColorFacts(String primaries, String transfer, String matrix, String range) {
        this(primaries, transfer, matrix, range, null, null);
    }

    /** Whether the track is high dynamic range (PQ or HLG) and needs tone mapping for ordinary screens. */
    @JsonIgnore
    public boolean isHdr() {
        return "smpte2084".equals(transfer) || "arib-std-b67".equals(transfer);
    }
}
