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
 * @param publishedSet the set that is played; null until one is finished
 * @param items every object of every set
 */
record Offering(String owner, String title, Integer publishedSet, List<Item> items) {

    private static final int VERSION_DIGITS = 12;

    /**
     * One object of a set.
     *
     * @param set which set
     * @param name of the rung or track, {@code poster} or {@code download}
     * @param kind what sort of object
     * @param object where its bytes are
     * @param version what tells it from an object that it has replaced; null if unknown
     */
    record Item(int set, String name, PublishedRow.Kind kind, ObjectKey object, String version) {}

    /** Takes a copy of the list. */
    Offering {
        items = List.copyOf(items);
    }

    /** The object of a media URL; empty if there is none. */
    Optional<Item> item(MediaPath path) {
        return path.folder() != null
                ? Optional.empty()
                : items.stream()
                        .filter(item -> item.set() == path.set() && isNamed(item, path))
                        .findFirst();
    }

    /**
     * Whether what is fetched now may be kept for ever.
     *
     * @param version which one the address names; null if it names none
     */
    boolean lasts(MediaPath path, String version) {
        boolean text = path.form() == MediaPath.Form.M3U8
                || (path.form() == MediaPath.Form.VTT && path.name().equals(MediaPath.STORYBOARD));
        boolean poster = path.form() == MediaPath.Form.JPG && path.name().equals(MediaPath.POSTER);
        return !text
                && (!poster
                        || item(path)
                                .filter(item -> version != null && version.equals(item.version()))
                                .isPresent());
    }

    /**
     * What an address has to name to stand for this very object: a part of its hash.
     *
     * @param sha256 64 hexadecimal digits; null if unknown
     * @return null if it is unknown
     */
    static String version(String sha256) {
        return sha256 == null || sha256.length() < VERSION_DIGITS ? sha256 : sha256.substring(0, VERSION_DIGITS);
    }

    private static boolean isNamed(Item item, MediaPath path) {
        MediaPath.Form form =
                switch (item.kind()) {
                    case VIDEO, AUDIO, DOWNLOAD, CLIP -> MediaPath.Form.MP4;
                    case POSTER, STORYBOARD -> MediaPath.Form.JPG;
                    case SUBTITLES -> MediaPath.Form.VTT;
                    case MANIFEST -> null;
                };
        String name =
                switch (item.kind()) {
                    case DOWNLOAD -> MediaPath.WHOLE;
                    case POSTER -> MediaPath.POSTER;
                    case STORYBOARD -> MediaPath.STORYBOARD;
                    case CLIP -> MediaPath.CLIP;
                    case VIDEO, AUDIO, SUBTITLES, MANIFEST -> item.name();
                };
        return path.form() == form && path.name().equals(name);
    }
}
