package org.millrace.api.library;

import java.text.Normalizer;

/**
 * Text that strangers send to be shown: file names, titles, descriptions. Any alphabet is fine; what is invisible or
 * turns the writing of what follows around is not.
 */
public final class DisplayText {

    /** Longest title, in characters as people count them. */
    public static final int TITLE = 200;

    /** Longest description, in characters as people count them. */
    public static final int DESCRIPTION = 5000;

    private static final int FILE_NAME = 255;
    private static final String NAMELESS = "Untitled";

    private DisplayText() {}

    /** One line: control characters become spaces, runs of spaces one; at most so many characters. */
    public static String line(String text, int limit) {
        return cut(clean(text, false).replaceAll("\\s+", " ").strip(), limit).strip();
    }

    /** Several lines; line breaks and tabs stay. */
    public static String lines(String text, int limit) {
        return cut(clean(text.replace("\r\n", "\n").replace('\r', '\n'), true).strip(), limit);
    }

    /** The name of a file without whatever folders its sender put before it; may be empty. */
    public static String fileName(String name) {
        String bare = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return line(bare, FILE_NAME);
    }

    /**
     * What a video is called.
     *
     * @param wish what its owner wants it to be called; null or blank if they did not say
     * @param fileName the name of its file, which then has to do without its ending
     */
    public static String title(String wish, String fileName) {
        String title = wish == null ? "" : line(wish, TITLE);
        if (title.isEmpty()) {
            title = line(fileName.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "").replace('_', ' '), TITLE);
        }
        return title.isEmpty() ? NAMELESS : title;
    }

    /** How many characters it has, as people count them. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String clean(String text, boolean keepLines) {
        StringBuilder clean = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            if (keepLines && (c == '\n' || c == '\t')) {
                clean.appendCodePoint(c);
            } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                clean.append(' ');
            } else if (!isDirectionControl(c) && Character.getType(c) != Character.SURROGATE && c != 0xFEFF) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /** Embeddings, overrides and isolates: they make {@code exe.mp4} of {@code 4pm.exe}. Alphabets do not need them. */
    private static boolean isDirectionControl(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    private static String cut(String text, int limit) {
        return length(text) <= limit ? text : text.substring(0, text.offsetByCodePoints(0, limit));
    }
}
