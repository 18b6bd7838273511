package org.millrace.api.playback;

import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.task.EncodedTrack;

/**
 * One rendition as a multivariant playlist lists it.
 *
 * @param name of its track
 * @param codecs for HLS (RFC 6381)
 * @param width pixels; 0 for sound
 * @param height pixels; 0 for sound
 * @param framesPerSecond 0 if unknown
 * @param peak most bits of any second
 * @param average bits per second; null if not known yet
 */
record Variant(String name, String codecs, int width, int height, double framesPerSecond, long peak, Long average) {

    /**
     * A finished rendition.
     *
     * @param targetSeconds target duration of its playlist
     */
    static Variant of(EncodedTrack track, int targetSeconds) {
        long ticks = track.ticks();
        return new Variant(
                track.name(),
                track.codecs(),
                track.width(),
                track.height(),
                !track.isVideo() || ticks == 0 ? 0 : (double) track.samples() * track.timescale() / ticks,
                Bitrate.peak(track, targetSeconds),
                Bitrate.average(track));
    }

    /**
     * A rendition that is being made: its rates are those that it is allowed.
     *
     * @param grid null if unknown
     * @param first its first piece; null if there is none yet
     */
    static Variant of(Rung rung, Grid grid, EncodedTrack first) {
        return new Variant(
                rung.name(),
                first == null ? rung.codecs() : first.codecs(),
                rung.width(),
                rung.height(),
                grid == null ? 0 : grid.rate().value(),
                1000L * rung.maxrateKbit(),
                null);
    }

    /** Whether it is a picture. */
    boolean isVideo() {
        return width > 0;
    }

    /** The shorter side. */
    int lines() {
        return Math.min(width, height);
    }

    /** Whether picture and sound lie in one track: several codecs can only be that. */
    boolean hasOwnSound() {
        return codecs.contains(",");
    }
}
