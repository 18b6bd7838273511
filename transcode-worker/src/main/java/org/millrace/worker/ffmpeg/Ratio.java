package org.millrace.worker.ffmpeg;

/**
 * A fraction as media files state them.
 *
 * @param numerator positive
 * @param denominator positive
 */
public record Ratio(long numerator, long denominator) {

    /** Its value. */
    public double value() {
        return (double) numerator / denominator;
    }

    /** Reads {@code 30000/1001} or {@code 16:9}; null if the text is null, malformed, zero or infinite. */
    static Ratio parse(String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split("[/:]", -1);
        if (parts.length != 2) {
            return null;
        }
        try {
            Ratio ratio = new Ratio(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            return ratio.numerator > 0 && ratio.denominator > 0 ? ratio : null;
        } catch (NumberFormatException malformed) {
            return null;
        }
    }
}
