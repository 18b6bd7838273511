package org.millrace.worker.analyse;

import java.util.ArrayList;
import java.util.List;
import org.millrace.model.media.KeyFrame;
import org.millrace.worker.ffmpeg.IndexedPacket;

/** Notes the key frames of one track, as many as chunks can be cut at. */
final class KeyTally {

    /** Nothing is cut more finely. */
    private static final double LEAST_DISTANCE = 1;

    private static final int MOST = 20_000;

    private final List<KeyFrame> keys = new ArrayList<>();
    private double distance = LEAST_DISTANCE;
    private double lastKey = Double.NaN;
    private double longestGap;
    private boolean openGops;

    /**
     * Takes the next packet of the file.
     *
     * @param shown its time
     */
    void add(double shown, IndexedPacket packet) {
        if (!packet.key()) {
            openGops |= shown < lastKey;
            return;
        }
        if (!Double.isNaN(lastKey)) {
            longestGap = Math.max(longestGap, shown - lastKey);
        }
        lastKey = shown;
        if (keys.isEmpty() || shown >= keys.getLast().seconds() + distance) {
            keys.add(new KeyFrame(shown, packet.position()));
            if (keys.size() > MOST) {
                thinOut();
            }
        }
    }

    /** Longest time from one key frame to the next or to the end; null if there is none. */
    Double longestGapUntil(double end) {
        return Double.isNaN(lastKey) ? null : Double.valueOf(Math.max(longestGap, end - lastKey));
    }

    /** Whether a picture was shown before the key frame that it follows in the file. */
    boolean openGops() {
        return openGops;
    }

    /** Key frames in order, the first one always among them. */
    List<KeyFrame> list() {
        return List.copyOf(keys);
    }

    private void thinOut() {
        distance *= 2;
        List<KeyFrame> all = List.copyOf(keys);
        keys.clear();
        for (KeyFrame key : all) {
            if (keys.isEmpty() || key.seconds() >= keys.getLast().seconds() + distance) {
                keys.add(key);
            }
        }
    }
}
