package org.millrace.api.problem;

import java.util.List;
import java.util.Locale;

/** Numbers of bytes as people read them in refusals. */
public final class Sizes {

    private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB");

    private Sizes() {}

    /** For example {@code 1.5 GB}: decimal units, one digit after the point at most. */
    public static String words(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.size() - 1) {
            value /= 1000;
            unit++;
        }
        String number = value == Math.rint(value) ? "%.0f" : "%.1f";
        return String.format(Locale.ROOT, number, value) + " " + UNITS.get(unit);
    }
}
