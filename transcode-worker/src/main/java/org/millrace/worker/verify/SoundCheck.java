package org.millrace.worker.verify;

import org.millrace.worker.mp4.Fragment;
import org.millrace.worker.mp4.InitSegment;
import org.millrace.worker.mp4.Track;

/**
 * Whether the packets of a sound follow each other from the start on without a gap, and which of its fragments belong to
 * the part that is made.
 */
public final class SoundCheck implements FragmentCheck {

    /** Codecs swallow or add a few packets at the beginning. */
    private static final double TOLERANCE_SECONDS = 0.25;

    private final PartBounds bounds;
    private Track track;
    private long nextTick = -1;
    private long keptSamples;

    /**
     * A check of one run.
     *
     * @param skipTicks end of what exists already; 0 if nothing does
     * @param untilSeconds end of the part: what ends later is left to the rest
     */
    public SoundCheck(long skipTicks, double untilSeconds) {
        bounds = new PartBounds(skipTicks, untilSeconds);
    }

    @Override
    public void init(InitSegment init) {
        track = init.track();
        if (track.kind() != Track.Kind.AUDIO) {
            throw Invalid.output("There is no sound in the audio track");
        }
    }

    @Override
    public boolean take(Fragment fragment) {
        long begins = fragment.info().baseDecodeTime();
        if (nextTick < 0) {
            double start = track.shownAt(begins) / (double) track.timescale();
            if (Math.abs(start) > TOLERANCE_SECONDS) {
                throw Invalid.output("The sound begins at second " + start);
            }
        } else if (begins != nextTick) {
            throw Invalid.output("The sound has a gap at tick " + nextTick);
        }
        nextTick = fragment.info().endDecodeTime();
        boolean kept = bounds.hold(fragment.info(), track.timescale());
        keptSamples += kept ? fragment.info().samples() : 0;
        return kept;
    }

    /** Whether anything was heard, whether it is kept or not. */
    public boolean isHeard() {
        return nextTick > 0;
    }

    /** Packets of the fragments that are kept. */
    public long keptSamples() {
        return keptSamples;
    }

    /** Checks the end, after all fragments were taken; where the sound ends, in seconds. */
    public double finish() {
        bounds.finish(nextTick);
        return Math.max(0, nextTick) / (double) track.timescale();
    }
}
