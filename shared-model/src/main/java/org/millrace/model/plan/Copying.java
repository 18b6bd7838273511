package org.millrace.model.plan;

import java.util.Optional;
import java.util.Set;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;

/**
 * Whether the picture of a source is fit to be a rendition as it is: every browser plays it, segments are short enough,
 * and it is not much larger than what would be encoded instead.
 */
final class Copying {

    private static final Set<String> PROFILES = Set.of("Constrained Baseline", "Baseline", "Main", "High");
    private static final int HIGHEST_LEVEL = 52;
    private static final double LONGEST_GOP = 4.5;
    private static final double LATEST_START = 0.1;

    /** A copy may have so many times the rate cap of the rung it replaces. */
    private static final double BUDGET = 1.6;

    private Copying() {}

    /**
     * The copied rendition.
     *
     * @param top the rung that would be encoded in its place
     * @param holdFrames frames by which the last picture has to be held, which a copy cannot
     * @return empty if the picture has to be encoded
     */
    static Optional<Rung> of(PlanRequest request, VideoTrack picture, Rational rate, Rung top, long holdFrames) {
        TrackIndex packets = request.packetsOf(picture.index()).orElseThrow();
        boolean fits = !request.limits().noCopy()
                && plays(picture)
                && isUpright(picture)
                && isCutWell(request, packets)
                && isSteady(packets, rate)
                && holdFrames == 0
                && picture.width() == top.width()
                && picture.height() == top.height()
                && packets.bitRate().orElse(Double.MAX_VALUE) <= BUDGET * 1000 * top.maxrateKbit();
        return fits
                ? Optional.of(new Rung(
                        top.name(),
                        top.width(),
                        top.height(),
                        top.crf(),
                        (int) (packets.bitRate().orElseThrow() / 1000) + 1,
                        top.bufsizeKbit(),
                        picture.level()))
                : Optional.empty();
    }

    private static boolean plays(VideoTrack picture) {
        return "h264".equals(picture.codec())
                && picture.profile() != null
                && PROFILES.contains(picture.profile())
                && "yuv420p".equals(picture.pixelFormat())
                && picture.level() != null
                && picture.level() > 0
                && picture.level() <= HIGHEST_LEVEL
                && !picture.interlaced()
                && !picture.color().isHdr();
    }

    private static boolean isUpright(VideoTrack picture) {
        return picture.rotation() == 0
                && !picture.mirrored()
                && picture.pixelAspect().equals(Rational.ONE);
    }

    /** Segments begin at key frames, the first of which is where the video begins. */
    private static boolean isCutWell(PlanRequest request, TrackIndex packets) {
        boolean known = packets.longestKeyGapSeconds() != null && packets.openGops() != null;
        boolean beginsWithKey =
                !packets.keys().isEmpty() && packets.keys().getFirst().seconds() == packets.firstSeconds();
        return known
                && beginsWithKey
                && packets.firstSeconds() - request.facts().startSeconds() <= LATEST_START
                && packets.longestKeyGapSeconds() <= LONGEST_GOP
                && !packets.openGops();
    }

    private static boolean isSteady(TrackIndex packets, Rational rate) {
        return packets.longestGapSeconds() <= 2.5 / rate.value();
    }
}
