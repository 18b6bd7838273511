package org.millrace.api.playback;

import java.util.ArrayList;
import java.util.List;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;

/** Tracks as an encoder would have made them. */
final class Tracks {

    static final ObjectKey OBJECT = new ObjectKey("v/some/set/1/track.mp4");

    private Tracks() {}

    /** A picture at 90 kHz whose fragments follow each other from byte 1146 on; each entry is size and frames. */
    static EncodedTrack picture(String name, int width, int height, long ticksPerFrame, long[]... fragments) {
        return track(name, "avc1.64001f", width, height, 90_000, 854, 1146, ticksPerFrame, fragments);
    }

    /** Sound at 48 kHz in packets of 1024 samples; each entry is size and packets. */
    static EncodedTrack sound(String name, long[]... fragments) {
        return track(name, "mp4a.40.2", 0, 0, 48_000, 785, 1077, 1024, fragments);
    }

    static EncodedTrack track(
            String name,
            String codecs,
            int width,
            int height,
            int timescale,
            long init,
            long start,
            long ticksPerSample,
            long[]... sizesAndSamples) {
        List<Fragment> fragments = new ArrayList<>();
        long offset = start;
        for (long[] each : sizesAndSamples) {
            fragments.add(new Fragment(offset, each[0], each[1] * ticksPerSample, (int) each[1]));
            offset += each[0];
        }
        return new EncodedTrack(
                name,
                OBJECT,
                offset,
                "0".repeat(64),
                codecs,
                width,
                height,
                timescale,
                init,
                "0".repeat(64),
                fragments,
                0L,
                null);
    }

    static long[] of(long size, long samples) {
        return new long[] {size, samples};
    }
}
