package org.millrace.api.playback;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.millrace.api.ledger.Growth;
import org.millrace.api.ledger.Outline;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Rung;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;

/**
 * What can be played of a set at one moment: its playlists as text, and where its segments lie.
 *
 * @param growth what there is of each track
 * @param published whether the set is finished, so that its tracks are one object each
 * @param subtitles what can be read with it
 * @param storyboard its small pictures; null if there are none yet
 */
record PlayedSet(Growth growth, boolean published, List<SubtitleChoice> subtitles, Result.Storyboard storyboard) {

    /** A rendition that stops earlier than the longest by more than this would end the video too early. */
    private static final double ALIKE_SECONDS = 0.5;

    /** Takes a copy of the list. */
    PlayedSet {
        subtitles = List.copyOf(subtitles);
    }

    /**
     * Bytes inside an object.
     *
     * @param object where they lie
     * @param offset of the first one
     * @param length how many; -1 for all that follow
     * @param tag what tells them from other bytes of the same address, without quotes
     * @param video whether they hold a picture
     */
    record Bytes(ObjectKey object, long offset, long length, String tag, boolean video) {}

    /** The text of a playlist, or of the cues of the storyboard; null if there is no such thing. */
    String textOrNull(MediaPath path) {
        if (path.isLive()) {
            return switch (path.name()) {
                case MediaPath.MASTER -> growingMaster(false);
                case MediaPath.ALL -> growingMaster(!growth.ended());
                default -> GrowingPlaylist.textOrNull(growth, path.name());
            };
        }
        if (path.folder() != null) {
            return null;
        }
        if (path.form() == MediaPath.Form.VTT) {
            boolean there = storyboard != null && path.name().equals(MediaPath.STORYBOARD);
            return there ? StoryboardCues.of(storyboard, MediaPath.STORYBOARD + ".jpg", seconds()) : null;
        }
        if (subtitles.stream().anyMatch(choice -> choice.name().equals(path.name()))) {
            return MediaPlaylist.ofText(path.name() + ".vtt", seconds());
        }
        if (!published) {
            return null;
        }
        if (path.name().equals(MediaPath.MASTER)) {
            return finishedMaster();
        }
        EncodedTrack track = finishedOrNull(path.name());
        return track == null ? null : MediaPlaylist.of(track, track.name() + ".mp4", finishedTarget());
    }

    /** Where the initialisation section or a segment of a track lies; null if there is no such thing. */
    Bytes bytesOrNull(MediaPath path) {
        Growth.Track track = path.folder() == null ? null : growth.track(path.folder());
        Integer number = path.segmentOrNull();
        if (track == null || (number == null && !path.isInit())) {
            return null;
        }
        return number == null ? init(track) : segmentOrNull(track, number);
    }

    private static Bytes init(Growth.Track track) {
        EncodedTrack first = track.pieces().getFirst();
        return first.init() == null
                ? new Bytes(first.object(), 0, first.initBytes(), "init-" + first.initBytes(), first.isVideo())
                : new Bytes(first.init(), 0, -1, "init-" + first.initSha256(), first.isVideo());
    }

    private static Bytes segmentOrNull(Growth.Track track, int number) {
        Growth.Place place = track.place(number);
        return place == null
                ? null
                : new Bytes(
                        place.piece().object(),
                        place.fragment().offset(),
                        place.fragment().size(),
                        number + "-" + place.fragment().size(),
                        place.piece().isVideo());
    }

    /** How much memory it takes, in fragments. */
    int weight() {
        return growth.tracks().values().stream()
                .mapToInt(Growth.Track::fragments)
                .sum();
    }

    private String growingMaster(boolean also) {
        Outline outline = growth.outline();
        double longest = outline.rungs().stream()
                .mapToDouble(rung -> growth.listed(rung.name()).until())
                .max()
                .orElse(0);
        List<Variant> pictures = outline.rungs().stream()
                .filter(rung -> also || isWorthListing(rung, longest))
                .map(rung -> Variant.of(rung, outline.grid(), firstOrNull(rung.name())))
                .toList();
        List<AudioChoice> sounds = outline.sounds().stream()
                .filter(sound -> also || growth.track(sound.name()) != null)
                .map(AudioChoice::of)
                .toList();
        return new MasterPlaylist(pictures, sounds, subtitles, outline.start(), storyboard != null, true).text();
    }

    /** Once nothing is added any more, a rendition that is shorter than another would only cut the video off. */
    private boolean isWorthListing(Rung rung, double longest) {
        double until = growth.listed(rung.name()).until();
        return until > 0 && (!growth.ended() || until >= longest - ALIKE_SECONDS);
    }

    private String finishedMaster() {
        int target = finishedTarget();
        List<Variant> pictures = finished()
                .filter(EncodedTrack::isVideo)
                .map(track -> Variant.of(track, target))
                .toList();
        List<AudioChoice> sounds = growth.outline().sounds().stream()
                .flatMap(sound -> Stream.ofNullable(finishedOrNull(sound.name()))
                        .map(track -> AudioChoice.of(sound, Variant.of(track, target))))
                .toList();
        return new MasterPlaylist(pictures, sounds, subtitles, null, storyboard != null, false).text();
    }

    private Stream<EncodedTrack> finished() {
        return growth.tracks().keySet().stream().flatMap(name -> Stream.ofNullable(finishedOrNull(name)));
    }

    private EncodedTrack finishedOrNull(String name) {
        return Optional.ofNullable(growth.track(name))
                .filter(track -> track.complete() && track.pieces().size() == 1)
                .map(track -> track.pieces().getFirst())
                .orElse(null);
    }

    private int finishedTarget() {
        return MediaPlaylist.targetSeconds(finished().toList());
    }

    private EncodedTrack firstOrNull(String name) {
        Growth.Track track = growth.track(name);
        return track == null ? null : track.pieces().getFirst();
    }

    private double seconds() {
        double there = growth.tracks().values().stream()
                .mapToDouble(Growth.Track::until)
                .max()
                .orElse(0);
        Double planned = growth.outline().seconds();
        return published || planned == null ? there : Math.max(there, planned);
    }
}
