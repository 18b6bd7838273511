package org.millrace.worker.verify;

import java.util.Arrays;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.worker.mp4.Fragment;
import org.millrace.worker.mp4.InitSegment;
import org.millrace.worker.mp4.Track;

/**
 * Whether the frames of one rendition of a chunk lie on the grid: whole closed GOPs one behind the other, every frame at its
 * own time, none missing and none twice.
 */
public final class GridCheck implements FragmentCheck {

    private final Rung rung;
    private final Grid grid;
    private final Span span;
    private Track track;
    private long nextFrame;
    private long nextTick = -1;
    private boolean shortGopSeen;

    /** A check of one rung's fragments, in their order. */
    public GridCheck(Rung rung, Grid grid, Span span) {
        this.rung = rung;
        this.grid = grid;
        this.span = span;
        this.nextFrame = span.from();
    }

    @Override
    public void init(InitSegment init) {
        track = init.track();
        if (track.width() != rung.width() || track.height() != rung.height()) {
            throw Invalid.output(rung.name() + " has " + track.width() + "×" + track.height() + " pixels");
        }
        // Playlists name what the plan says, before anything is encoded.
        if (!track.codec().equals(rung.codecs())) {
            throw Invalid.output(rung.name() + " is " + track.codec() + " instead of " + rung.codecs());
        }
    }

    @Override
    public boolean take(Fragment fragment) {
        requireWhole(fragment);
        long[] shown = fragment.samples().stream()
                .mapToLong(sample -> track.shownAt(sample.presentationTime()))
                .toArray();
        Arrays.sort(shown);
        for (long tick : shown) {
            // Time scales that the rate does not divide are rounded by the muxer.
            if (Math.abs(tick - tickOf(nextFrame)) > 1) {
                throw Invalid.output(rung.name() + ": frame " + nextFrame + " is shown at tick " + tick + " instead of "
                        + tickOf(nextFrame));
            }
            nextFrame++;
        }
        return true;
    }

    private void requireWhole(Fragment fragment) {
        if (!fragment.info().startsWithSync() || !fragment.info().onlyFirstIsSync()) {
            throw Invalid.output(rung.name() + ": the GOP at frame " + nextFrame + " is not closed");
        }
        if (shortGopSeen) {
            throw Invalid.output(rung.name() + ": a GOP before frame " + nextFrame + " is too short");
        }
        int samples = fragment.samples().size();
        shortGopSeen = samples < grid.gopFrames();
        if (samples > grid.gopFrames()) {
            throw Invalid.output(rung.name() + ": the GOP at frame " + nextFrame + " has " + samples + " frames");
        }
        if (nextTick >= 0 && fragment.info().baseDecodeTime() != nextTick) {
            throw Invalid.output(rung.name() + ": there is a gap before tick "
                    + fragment.info().baseDecodeTime());
        }
        nextTick = fragment.info().endDecodeTime();
    }

    /** Checks the end, after all fragments were taken; the number of frames. */
    public long finish() {
        if (!span.last() && nextFrame != span.to()) {
            throw Invalid.output(rung.name() + ": it ends at frame " + nextFrame + " instead of " + span.to());
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
