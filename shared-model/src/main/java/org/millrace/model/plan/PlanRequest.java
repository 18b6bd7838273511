package org.millrace.model.plan;

import java.util.List;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Preset;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;

/**
 * Everything a plan is made from.
 *
 * @param source where the bytes of the source are
 * @param set which set of the video is planned
 * @param facts from its header
 * @param packets its counted packets: of the whole file, or of its first seconds
 * @param whole whether all packets were counted
 * @param rate frame rate that tasks which run already have been given; null if there are none
 * @param wishes what the owner or the installation wants
 * @param limits what earlier attempts have shown to be impossible
 */
public record PlanRequest(
        ObjectKey source,
        int set,
        MediaFacts facts,
        List<TrackIndex> packets,
        boolean whole,
        Rational rate,
        Wishes wishes,
        Limits limits) {

    /** Takes a copy of the list. */
    public PlanRequest {
        packets = List.copyOf(packets);
    }

    /**
     * What the owner or the installation wants.
     *
     * @param preset balance between size, quality and time
     * @param normalise whether the sound is brought to a common loudness (EBU R 128)
     */
    public record Wishes(Preset preset, boolean normalise) {

        /** What is done unless somebody says otherwise. */
        public static final Wishes DEFAULT = new Wishes(Preset.BALANCED, false);
    }

    /**
     * What earlier attempts have shown to be impossible.
     *
     * @param onePiece the source does not seek exactly: it is encoded in one piece
     * @param noCopy the picture cannot be copied: it is encoded
     */
    public record Limits(boolean onePiece, boolean noCopy) {

        /** Everything may be tried. */
        public static final Limits NONE = new Limits(false, false);
    }

    /** The counted packets of a track; empty if it has none. */
    Optional<TrackIndex> packetsOf(int track) {
        return packets.stream()
                .filter(counted -> counted.track() == track && counted.packets() > 0)
                .findFirst();
    }

    /** The picture to show, if it has packets. */
    Optional<VideoTrack> picture() {
        return facts.mainVideo().filter(track -> packetsOf(track.index()).isPresent());
    }

    /** Where a track ends on the output's time line; before all packets are counted, where the header says. */
    double endOf(int track) {
        double counted = packetsOf(track).map(TrackIndex::endSeconds).orElse(0.0) - facts.startSeconds();
        boolean promised = !whole && facts.durationSeconds() != null;
        return Math.max(0, promised ? Math.max(counted, facts.durationSeconds()) : counted);
    }

    /** The sound tracks that can be heard, the one to hear first in front. */
    List<AudioTrack> sounds() {
        List<AudioTrack> heard = facts.audio().stream()
                .filter(track -> track.isDecodable() && packetsOf(track.index()).isPresent())
                .toList();
        AudioTrack first = heard.stream()
                .filter(AudioTrack::preferred)
                .findFirst()
                .orElse(heard.isEmpty() ? null : heard.getFirst());
        return heard.stream()
                .sorted((one, other) -> Boolean.compare(other.equals(first), one.equals(first)))
                .limit(Planner.MOST_SOUNDS)
                .toList();
    }
}
