package org.millrace.api.playback;

import org.millrace.model.message.Result;

/**
 * Subtitles that a viewer can choose.
 *
 * @param name of their object, for example {@code subtitles-2}
 * @param track their place in the source
 * @param language ISO 639 code as the source has it; null if unknown
 * @param title what the source calls them; any text; null if they have no name
 * @param forced whether they are shown even to those who want none
 */
record SubtitleChoice(String name, int track, String language, String title, boolean forced)
        implements Comparable<SubtitleChoice> {

    static SubtitleChoice of(String name, Result.SubtitleFile file) {
        return new SubtitleChoice(
                name,
                file.track().index(),
                file.track().language(),
                file.track().title(),
                file.track().forced());
    }

    @Override
    public int compareTo(SubtitleChoice other) {
        return Integer.compare(track, other.track);
    }

    /** What players call them in their menus. */
    String label() {
        return Language.nameOf(title, languageTag(), "Subtitles");
    }

    /** The language as RFC 5646 wants it; null if unknown. */
    String languageTag() {
        return Language.tagOrNull(language);
    }
}
