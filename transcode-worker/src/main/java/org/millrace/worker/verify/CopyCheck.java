package org.millrace.worker.verify;

import java.util.Arrays;
import org.millrace.model.media.VideoTrack;
import org.millrace.worker.mp4.Fragment;
import org.millrace.worker.mp4.InitSegment;
import org.millrace.worker.mp4.Track;

/**
 * Whether a copied picture can be cut and played as it is: closed GOPs one behind the other, every picture at a time of its
 * own, none missing. And which of its fragments belong to the part that is made.
 */
public final class CopyCheck implements FragmentCheck {

    /** A longer time without a picture means that one is missing: so the plan has it, too. */
    private static final double FRAMES_BETWEEN = 2.5;

    /** Times are rounded to the track's ticks, at both ends of a gap. */
    private static final long ROUNDING_TICKS = 2;

    private static final double LATEST_START_SECONDS = 0.5;

    private final VideoTrack source;
    private final PartBounds bounds;
    private Track track;
    private long nextTick = -1;
    private long lastShown = -1;
    private long samples;

    /**
     * A check of one run.
     *
     * @param source the picture that is copied
     * @param skipTicks end of what exists already; 0 if nothing does
     * @param untilSeconds end of the part: what ends later is left to the rest
     */
    public CopyCheck(VideoTrack source, long skipTicks, double untilSeconds) {
        this.source = source;
        bounds = new PartBounds(skipTicks, untilSeconds);
    }

    @Override
    public void init(InitSegment init) {
        track = init.track();
        if (track.width() != source.width() || track.height() != source.height()) {
            throw Invalid.output("The copy has " + track.width() + "×" + track.height() + " pixels");
        }
    }

    @Override
    public boolean take(Fragment fragment) {
        if (!fragment.info().startsWithSync() || !fragment.info().onlyFirstIsSync()) {
            throw Invalid.output("The GOP at tick " + fragment.info().baseDecodeTime() + " is not closed");
        }
        if (nextTick >= 0 && fragment.info().baseDecodeTime() != nextTick) {
            throw Invalid.output(
                    "The copy has a gap before tick " + fragment.info().baseDecodeTime());
        }
        nextTick = fragment.info().endDecodeTime();
        requireSteady(fragment);
        samples += fragment.info().samples();
        return bounds.hold(fragment.info(), track.timescale());
    }

    private void requireSteady(Fragment fragment) {
        long[] shown = fragment.samples().stream()
                .mapToLong(sample -> track.shownAt(sample.presentationTime()))
                .toArray();
        long first = shown[0];
        Arrays.sort(shown);
        if (shown[0] != first) {
            throw Invalid.output("A picture is shown before the key frame at tick " + first);
        }
        if (lastShown < 0 && (first < 0 || first > LATEST_START_SECONDS * track.timescale())) {
            throw Invalid.output("The copy begins at tick " + first);
        }
        for (long tick : shown) {
            if (lastShown >= 0 && (tick <= lastShown || tick - lastShown > longestGap())) {
                throw Invalid.output("After the picture at tick " + lastShown + " follows one at tick " + tick);
            }
            lastShown = tick;
        }
    }

    private double longestGap() {
        return source.averageRate() == null
                ? track.timescale()
                : FRAMES_BETWEEN * track.timescale() / source.averageRate().value() + ROUNDING_TICKS;
    }

    /**
     * Checks the end, after all fragments were taken.
     *
     * @param copied how many packets the converter says it has copied
     */
    public void finish(long copied) {
        bounds.finish(nextTick);
        if (samples != copied) {
            throw Invalid.output("Of " + copied + " copied pictures " + samples + " have arrived");
        }
    }
}
