package org.millrace.worker.analyse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.model.media.TrackIndex;
import org.millrace.worker.ffmpeg.IndexedPacket;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeStream;

/** Counts the packets of all tracks of a file. */
final class Tallies {

    private final Map<Integer, PacketTally> tracks = new TreeMap<>();

    void add(IndexedPacket packet) {
        tracks.computeIfAbsent(packet.stream(), PacketTally::new).add(packet);
    }

    /** What was counted of pictures and sounds; call it once, at the end. */
    List<TrackIndex> finish(Probe probe) {
        return probe.streams().stream()
                .filter(stream -> isCounted(stream) && tracks.containsKey(stream.index()))
                .map(stream -> tracks.get(stream.index()).finish(stream.type().equals("video")))
                .toList();
    }

    private static boolean isCounted(ProbeStream stream) {
        return stream.type().equals("video") || stream.type().equals("audio");
    }
}
