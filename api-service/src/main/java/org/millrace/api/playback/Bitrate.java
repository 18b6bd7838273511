package org.millrace.api.playback;

import java.util.List;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;

/** How many bits a second of a track has, as RFC 8216 §4.3.4.2 counts them. */
final class Bitrate {

    private Bitrate() {}

    /**
     * The largest bit rate of any run of segments that lasts between half of the target duration and one and a half
     * of it; the average if no run does.
     *
     * @param targetSeconds target duration of the playlist
     * @return bits per second
     */
    static long peak(EncodedTrack track, int targetSeconds) {
        List<Fragment> fragments = track.fragments();
        double shortest = 0.5 * targetSeconds * track.timescale();
        double longest = 1.5 * targetSeconds * track.timescale();
        double peak = 0;
        for (int first = 0; first < fragments.size(); first++) {
            long bytes = 0;
            long ticks = 0;
            for (int last = first; last < fragments.size() && ticks <= longest; last++) {
                bytes += fragments.get(last).size();
                ticks += fragments.get(last).duration();
                if (ticks >= shortest && ticks <= longest) {
                    peak = Math.max(peak, rate(bytes, ticks, track.timescale()));
                }
            }
        }
        return peak == 0 ? average(track) : (long) Math.ceil(peak);
    }

    /** All bits over the whole duration, per second; 0 for a track that lasts no time. */
    static long average(EncodedTrack track) {
        long bytes = track.fragments().stream().mapToLong(Fragment::size).sum();
        long ticks = track.fragments().stream().mapToLong(Fragment::duration).sum();
        return (long) Math.ceil(rate(bytes, ticks, track.timescale()));
    }

    private static double rate(long bytes, long ticks, int timescale) {
        return ticks == 0 ? 0 : 8.0 * bytes * timescale / ticks;
    }
}
