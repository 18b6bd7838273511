package org.millrace.api.playback;

import java.util.List;
import java.util.Optional;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.model.key.ObjectKey;

/**
 * What can be fetched of a video, as the ledger knew it a moment ago.
 *
 * @param owner whose video it is
 * @param title what people call it
 * @param publishedSet the set that is played; null until one can be
 * @param items every object of every set
 */
record Offering(String owner, String title, Integer publishedSet, List<Item> items) {

    /**
     * One object of a set.
     *
     * @param set which set
     * @param name of the rung or track, {@code poster} or {@code download}
     * @param kind what sort of object
     * @param object where its bytes are
     */
    record Item(int set, String name, PublishedRow.Kind kind, ObjectKey object) {

        boolean isTrack() {
            return kind == PublishedRow.Kind.VIDEO || kind == PublishedRow.Kind.AUDIO;
        }
    }

    /** Takes a copy of the list. */
    Offering {
        items = List.copyOf(items);
    }

    /** Whether a playlist exists: only a set that can be played from start to end has any. */
    boolean hasPlaylist(MediaPath path) {
        boolean whole = publishedSet != null && path.set() <= publishedSet;
        return whole
                && items.stream().anyMatch(item -> item.set() == path.set() && item.isTrack() && listed(item, path));
    }

    /** The object of a media URL; empty if there is none. */
    Optional<Item> item(MediaPath path) {
        return items.stream()
                .filter(item -> item.set() == path.set() && isNamed(item, path))
                .findFirst();
    }

    private static boolean listed(Item track, MediaPath path) {
        return path.name().equals(MediaPath.MASTER) || path.name().equals(track.name());
    }

    private static boolean isNamed(Item item, MediaPath path) {
        return switch (path.form()) {
            case JPG -> item.kind() == PublishedRow.Kind.POSTER && path.name().equals(MediaPath.POSTER);
            case MP4 ->
                item.kind() == PublishedRow.Kind.DOWNLOAD
                        ? path.name().equals(MediaPath.WHOLE)
                        : item.isTrack() && path.name().equals(item.name());
            case M3U8 -> false;
        };
    }
}
