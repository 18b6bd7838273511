package org.millrace.model.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Comparator;
import java.util.List;
import org.millrace.model.key.ObjectKey;

/**
 * One track of fragmented MP4 in one object: a part or a chunk of a rendition, an audio track, or a whole rendition.
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
 * @param startTicks when the first fragment is decoded, in ticks; null is read as 0
 * @param init where the initialisation section lies as an object of its own, which a growing playlist names; null unless
 *     the track begins where the video begins
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
        List<Fragment> fragments,
        Long startTicks,
        ObjectKey init) {

    /** Takes a copy of the list, and an absent start for 0. */
    public EncodedTrack {
        fragments = List.copyOf(fragments);
        startTicks = startTicks == null ? 0 : startTicks;
    }

    /** The same track, whose initialisation section lies there on its own; null if nowhere. */
    public EncodedTrack withInit(ObjectKey section) {
        return new EncodedTrack(
                name,
                object,
                sizeBytes,
                sha256,
                codecs,
                width,
                height,
                timescale,
                initBytes,
                initSha256,
                fragments,
                startTicks,
                section);
    }

    /** Pieces of one track in the order of time. */
    public static List<EncodedTrack> inOrder(List<EncodedTrack> pieces) {
        return pieces.stream()
                .sorted(Comparator.comparing(EncodedTrack::startTicks))
                .toList();
    }

    /** Whether this track is a picture. */
    @JsonIgnore
    public boolean isVideo() {
        return width > 0;
    }

    /** Length in ticks: the sum of the fragments. */
    public long ticks() {
        return fragments.stream().mapToLong(Fragment::duration).sum();
    }

    /** Length in seconds. */
    public double seconds() {
        return ticks() / (double) timescale;
    }

    /** Where the next piece begins, in ticks. */
    public long endTicks() {
        return startTicks + ticks();
    }

    /** Number of frames or audio packets. */
    public long samples() {
        return fragments.stream().mapToLong(Fragment::samples).sum();
    }
}
