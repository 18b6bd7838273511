package org.millrace.api.playback;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Languages as media files name them (ISO 639-2) and as the web wants them (RFC 5646). */
public final class Language {

    /** Languages whose code in catalogues and Matroska files differs from the one that Java knows. */
    private static final Map<String, String> BIBLIOGRAPHIC = Map.ofEntries(
            Map.entry("alb", "sq"),
            Map.entry("arm", "hy"),
            Map.entry("baq", "eu"),
            Map.entry("bur", "my"),
            Map.entry("chi", "zh"),
            Map.entry("cze", "cs"),
            Map.entry("dut", "nl"),
            Map.entry("fre", "fr"),
            Map.entry("geo", "ka"),
            Map.entry("ger", "de"),
            Map.entry("gre", "el"),
            Map.entry("ice", "is"),
            Map.entry("mac", "mk"),
            Map.entry("mao", "mi"),
            Map.entry("may", "ms"),
            Map.entry("per", "fa"),
            Map.entry("rum", "ro"),
            Map.entry("slo", "sk"),
            Map.entry("tib", "bo"),
            Map.entry("wel", "cy"));

    private static final Map<String, String> TWO_LETTERS = Arrays.stream(Locale.getISOLanguages())
            .collect(Collectors.toMap(
                    two -> Locale.of(two).getISO3Language(), Function.identity(), (first, second) -> first));

    private Language() {}

    /**
     * The shortest tag of a language.
     *
     * @param code two or three letters, or a tag; null if unknown
     * @return null if the code is unknown or says so itself
     */
    public static String tagOrNull(String code) {
        if (code == null || code.equals("und")) {
            return null;
        }
        String lower = code.toLowerCase(Locale.ROOT);
        String shorter = BIBLIOGRAPHIC.getOrDefault(lower, TWO_LETTERS.getOrDefault(lower, code));
        String tag = Locale.forLanguageTag(shorter).toLanguageTag();
        return tag.equals("und") ? null : tag;
    }

    /** What a language of this tag is called in English. */
    public static String name(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
    }

    /**
     * What menus call a track: its own name, or its language, or what it is; without characters that a playlist cannot
     * hold.
     *
     * @param title its own name; any text; null if it has none
     * @param tag its language; null if unknown
     * @param otherwise what it is
     */
    static String nameOf(String title, String tag, String otherwise) {
        String own = title == null ? "" : clean(title);
        if (!own.isEmpty()) {
            return own;
        }
        return tag == null ? otherwise : clean(name(tag));
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\"]+", " ").strip();
    }
}
