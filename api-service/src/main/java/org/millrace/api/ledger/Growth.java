package org.millrace.api.ledger;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;

/**
 * What there is of a set, whether it is finished or still being made: for each track the pieces that can be played one
 * after the other without a gap. Fragments keep their numbers when pieces are joined, so the n-th fragment of a track is
 * the same bytes at any time.
 *
 * @param set which set of the video
 * @param outline what is planned
 * @param tracks by name; a track of which nothing is there yet is absent
 * @param ended whether nothing will be added any more: finished, failed or cancelled
 */
public record Growth(int set, Outline outline, Map<String, Track> tracks, boolean ended) {

    /** Picture and sound are cut at slightly different times. */
    private static final double ROUNDING_SECONDS = 0.05;

    /** Takes a copy of the map. */
    public Growth {
        tracks = Map.copyOf(tracks);
    }

    /**
     * What there is of one track.
     *
     * @param name of the rung or the sound
     * @param pieces in order, without a gap; never empty
     * @param complete whether this is all of it
     */
    public record Track(String name, List<EncodedTrack> pieces, boolean complete) {

        /** Takes a copy of the list. */
        public Track {
            pieces = List.copyOf(pieces);
        }

        /** How much of the video it covers, in seconds from its beginning. */
        public double until() {
            EncodedTrack last = pieces.getLast();
            return last.endTicks() / (double) last.timescale();
        }

        /** Number of fragments. */
        public int fragments() {
            return pieces.stream().mapToInt(piece -> piece.fragments().size()).sum();
        }

        /** The fragments that are over by a time, from the first one on. */
        private Listed until(double seconds) {
            return listed((from, to) -> to <= seconds);
        }

        /** The fragments that cover the time up to a moment, from the first one on. */
        private Listed covering(double seconds) {
            return listed((from, to) -> from < seconds);
        }

        private Listed listed(Fits fits) {
            int number = 0;
            double end = 0;
            for (EncodedTrack piece : pieces) {
                long tick = piece.startTicks();
                for (Fragment fragment : piece.fragments()) {
                    double from = tick / (double) piece.timescale();
                    tick += fragment.duration();
                    double to = tick / (double) piece.timescale();
                    if (!fits.test(from, to)) {
                        return new Listed(number, end);
                    }
                    number++;
                    end = to;
                }
            }
            return new Listed(number, end);
        }

        /**
         * The n-th fragment and the piece it lies in.
         *
         * @param number from 0
         * @return null if there is none (yet)
         */
        public Place place(int number) {
            int left = number;
            for (EncodedTrack piece : pieces) {
                if (left < piece.fragments().size()) {
                    return left < 0 ? null : new Place(piece, piece.fragments().get(left));
                }
                left -= piece.fragments().size();
            }
            return null;
        }
    }

    /** Whether a fragment from one second to another is listed. */
    private interface Fits {
        boolean test(double from, double to);
    }

    /**
     * Where a fragment lies.
     *
     * @param piece the object
     * @param fragment the bytes in it
     */
    public record Place(EncodedTrack piece, Fragment fragment) {}

    /**
     * How much of a track a playlist lists.
     *
     * @param fragments how many, from the first one on
     * @param until where the last of them ends, in seconds
     */
    public record Listed(int fragments, double until) {

        private static final Listed NOTHING = new Listed(0, 0);
    }

    /**
     * How much of a track a playlist lists: of a picture no more than there is sound to go with it, or a player would
     * come to a place where it can only wait; of a sound, once nothing is added any more, as much as goes with the picture.
     */
    public Listed listed(String name) {
        Track track = tracks.get(name);
        if (track == null) {
            return Listed.NOTHING;
        }
        if (outline.rung(name).isPresent()) {
            return track.until(heardUntil());
        }
        return track.covering(ended ? seenUntil() : Double.MAX_VALUE);
    }

    /** Whether a playlist of a track is finished: nothing will be added to it. */
    public boolean isOver(String name) {
        Track track = tracks.get(name);
        return ended || (track != null && track.complete() && listed(name).fragments() == track.fragments());
    }

    /** Where the picture ends if it was broken off; without end if it is complete, or there is none. */
    private double seenUntil() {
        List<Track> pictures = outline.rungs().stream()
                .map(rung -> tracks.get(rung.name()))
                .filter(Objects::nonNull)
                .toList();
        return pictures.isEmpty() || pictures.stream().anyMatch(Track::complete)
                ? Double.MAX_VALUE
                : pictures.stream()
                                .mapToDouble(
                                        picture -> picture.until(heardUntil()).until())
                                .max()
                                .orElse(0)
                        - ROUNDING_SECONDS;
    }

    private double heardUntil() {
        if (outline.sounds().isEmpty()) {
            return Double.MAX_VALUE;
        }
        Track sound = tracks.get(outline.sounds().getFirst().name());
        if (sound == null) {
            return 0;
        }
        return sound.complete() ? Double.MAX_VALUE : sound.until() + ROUNDING_SECONDS;
    }

    /** What there is of a track; null if there is nothing yet. */
    public Track track(String name) {
        return tracks.get(name);
    }

    /** Whether playing can begin: there is a picture, and the sound that goes with it. */
    public boolean isPlayable() {
        boolean seen = outline.start() == null || tracks.containsKey(outline.start());
        boolean heard = outline.sounds().isEmpty()
                || tracks.containsKey(outline.sounds().getFirst().name());
        return seen && heard && !tracks.isEmpty();
    }
}
