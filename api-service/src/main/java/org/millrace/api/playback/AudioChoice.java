package org.millrace.api.playback;

import org.millrace.api.ledger.Outline;

/**
 * A sound track that a viewer can choose.
 *
 * @param variant its codec and its rates
 * @param language ISO 639 code as the source has it; null if unknown
 * @param title what the source calls it; any text; null if it has no name
 * @param channels 1 or 2
 */
record AudioChoice(Variant variant, String language, String title, int channels) {

    private static final String CODEC = "mp4a.40.2";

    /** Bits per second of a channel, with what the encoder may use beyond its average. */
    private static final long RATE_PER_CHANNEL = 72_000;

    /** A sound that is being made: its rates are those that it is allowed. */
    static AudioChoice of(Outline.Sound sound) {
        int channels = sound.audio().mixedChannels();
        return of(sound, new Variant(sound.name(), CODEC, 0, 0, 0, channels * RATE_PER_CHANNEL, null));
    }

    /** A finished sound. */
    static AudioChoice of(Outline.Sound sound, Variant variant) {
        return new AudioChoice(
                variant,
                sound.audio().language(),
                sound.audio().title(),
                sound.audio().mixedChannels());
    }

    /** What players call it in their menus. */
    String name() {
        return Language.nameOf(title, languageTag(), "Audio");
    }

    /** The language as RFC 5646 wants it; null if unknown. */
    String languageTag() {
        return Language.tagOrNull(language);
    }
}
