package org.millrace.worker.ffmpeg;

import java.math.BigDecimal;
import java.time.Duration;

/** Times as ffmpeg writes and reads them: decimal seconds with six digits, whatever the locale. */
final class Seconds {

    private Seconds() {}

    /** For example {@code 9.500000}; microseconds, rounded down. */
    static String text(Duration time) {
        return BigDecimal.valueOf(Math.floorDiv(time.toNanos(), 1000L), 6).toPlainString();
    }

    /** The time a text stands for; null if the text is null, {@code N/A} or no number. */
    static Duration parse(String text) {
        if (text == null) {
            return null;
        }
        try {
            return Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValue());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
