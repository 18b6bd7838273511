package org.millrace.api.playback;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** What a browser calls a video that it saves: derived from the title, which may be any text. */
final class DownloadName {

    private static final int MOST_BYTES = 180;
    private static final String PLAIN = "!#$&+-.^_`|~";

    private DownloadName() {}

    /** The value of {@code Content-Disposition} (RFC 6266), for old and new clients. */
    static String disposition(String title) {
        String name = fileName(title);
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^\\x20-\\x7e]", "_")
                .replace('%', '_');
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encode(name);
    }

    /** A name that every common file system accepts. */
    static String fileName(String title) {
        String name = Normalizer.normalize(title, Normalizer.Form.NFC)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|;]+", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("^[ .]+|[ .]+$", "");
        return (name.isEmpty() ? "video" : shorten(name)) + ".mp4";
    }

    private static String shorten(String name) {
        String shorter = name;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
        }
        return shorter.stripTrailing();
    }

    private static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }
}
