package org.millrace.api.playback;

import org.millrace.model.task.EncodedTrack;

/**
 * A sound track that a viewer can choose.
 *
 * @param track its fragments
 * @param language ISO 639 code as the source has it; null if unknown
 * @param title what the source calls it; any text; null if it has no name
 */
record AudioChoice(EncodedTrack track, String language, String title) {

    /** What players call it in their menus; without characters that a playlist cannot hold. */
    String name() {
        if (title != null && !clean(title).isEmpty()) {
            return clean(title);
        }
        String tag = languageTag();
        return tag == null ? "Audio" : clean(Language.name(tag));
    }

    /** The language as RFC 5646 wants it; null if unknown. */
    String languageTag() {
        return Language.tagOrNull(language);
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\"]+", " ").strip();
    }
}
