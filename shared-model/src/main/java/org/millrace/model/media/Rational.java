package org.millrace.model.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An exact ratio such as a frame rate (30000/1001) or a pixel aspect (64/45), as FFmpeg writes them.
 *
 * @param num numerator, ≥ 0
 * @param den denominator, > 0
 */
public record Rational(long num, long den) implements Comparable<Rational> {

    /** One to one. */
    public static final Rational ONE = new Rational(1, 1);

    /**
     * Checks the signs.
     *
     * @throws IllegalArgumentException if the ratio is negative or has no denominator
     */
    public Rational {
        if (num < 0 || den <= 0) {
            throw new IllegalArgumentException("Not a ratio: " + num + "/" + den);
        }
    }

    /**
     * Reads {@code 30000/1001}, {@code 64:45} or {@code 25}.
     *
     * @return null if the text is null, is not a ratio, or has a zero on either side, which FFmpeg writes for unknown
     */
    public static Rational parseOrNull(String text) {
        if (text == null) {
            return null;
        }
        String[] sides = text.trim().split("[/:]", 2);
        try {
            long num = Long.parseLong(sides[0]);
            long den = sides.length == 2 ? Long.parseLong(sides[1]) : 1;
            return num > 0 && den > 0 ? new Rational(num, den) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Reads what {@link #toString} wrote. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Rational fromJson(String text) {
        Rational ratio = parseOrNull(text);
        if (ratio == null) {
            throw new IllegalArgumentException("Not a ratio: " + text);
        }
        return ratio;
    }

    /** As a floating point number. */
    public double value() {
        return (double) num / den;
    }

    @Override
    public int compareTo(Rational other) {
        return Double.compare(value(), other.value());
    }

    @JsonValue
    @Override
    public String toString() {
        return num + "/" + den;
    }
}
