package org.millrace.worker.verify;

import java.util.Arrays;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;
import org.millrace.worker.mp4.Fragment;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.mp4.Track;

/**
 * Whether the frames of a file lie on the grid: whole closed GOPs, every frame at its own time, none missing and none
 * twice.
 */
final class GridCheck {

    private final String name;
    private final Grid grid;
    private final Span span;
    private Track track;
    private long nextFrame;
    private boolean shortGopSeen;

    GridCheck(String name, Grid grid, Span span) {
        this.name = name;
        this.grid = grid;
        this.span = span;
        this.nextFrame = span.from();
    }

    /** Takes the next fragment. */
    void fragment(Track of, Fragment fragment) {
        track = of;
        long first = nextFrame;
        if (!fragment.info().startsWithSync() || !fragment.info().onlyFirstIsSync()) {
            throw Invalid.output(name + ": the GOP at frame " + first + " is not closed");
        }
        if (shortGopSeen) {
            throw Invalid.output(name + ": a GOP before frame " + first + " is too short");
        }
        int samples = fragment.samples().size();
        shortGopSeen = samples < grid.gopFrames();
        if (samples > grid.gopFrames()) {
            throw Invalid.output(name + ": the GOP at frame " + first + " has " + samples + " frames");
        }
        long[] shown = fragment.samples().stream()
                .mapToLong(sample -> track.shownAt(sample.presentationTime()))
                .toArray();
        Arrays.sort(shown);
        for (long tick : shown) {
            // Time scales that the rate does not divide are rounded by the muxer.
            if (Math.abs(tick - tickOf(nextFrame)) > 1) {
                throw Invalid.output(name + ": frame " + nextFrame + " is shown at tick " + tick + " instead of "
                        + tickOf(nextFrame));
            }
            nextFrame++;
        }
    }

    /** Checks how the fragments follow each other, after all of them were taken; the number of frames. */
    long finish(Mp4File file) {
        long expected = -1;
        for (var fragment : file.fragments()) {
            if (expected >= 0 && fragment.baseDecodeTime() != expected) {
                throw Invalid.output(name + ": there is a gap before tick " + fragment.baseDecodeTime());
            }
            expected = fragment.endDecodeTime();
        }
        if (!span.last() && nextFrame != span.to()) {
            throw Invalid.output(name + ": it ends at frame " + nextFrame + " instead of " + span.to());
        }
        return nextFrame - span.from();
    }

    private long tickOf(long frame) {
        return Math.round((double) frame
                * grid.rate().den()
                * track.timescale()
                / grid.rate().num());
    }
}
