package org.millrace.model.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.millrace.model.key.ObjectKey;

/**
 * One track of fragmented MP4 in one object: a chunk of a rendition, an audio track, or a whole rendition.
 *
 * @param name of the rung or of the audio track, for example {@code 720p} or {@code audio-1}
 * @param object where its bytes are
 * @param sizeBytes length of the object
 * @param sha256 of the whole object, 64 hexadecimal digits
 * @param codecs for HLS (RFC 6381), for example {@code avc1.64001f}
 * @param width pixels; 0 for audio
 * @param height pixels; 0 for audio
 * @param timescale ticks per second
 * @param initBytes length of {@code ftyp} and {@code moov} at the start of the object: the initialisation section
 * @param initSha256 of what the encoder decided in that section; equal for all chunks that may be joined
 * @param fragments in order, without a gap in time
 */
public record EncodedTrack(
        String name,
        ObjectKey object,
        long sizeBytes,
        String sha256,
        String codecs,
        int width,
        int height,
        int timescale,
        long initBytes,
        String initSha256,
        List<Fragment> fragments) {

    /** Takes a copy of the list. */
    public EncodedTrack {
        fragments = List.copyOf(fragments);
    }

    /** Whether this track is a picture. */
    @JsonIgnore
    public boolean isVideo() {
        return width > 0;
    }

    /** Length in seconds: the sum of the fragments. */
    public double seconds() {
        return fragments.stream().mapToLong(Fragment::duration).sum() / (double) timescale;
    }

    /** Number of frames or audio packets. */
    public long samples() {
        return fragments.stream().mapToLong(Fragment::samples).sum();
    }
}
