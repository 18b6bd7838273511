package org.millrace.api.library;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers in words, the same words that the pages' scripts use. */
public final class Words {

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private Words() {}

    /** A number of bytes in decimal units: {@code 1.4 GB}. */
    public static String bytes(long count) {
        double value = Math.max(0, count);
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String form = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, form, value, UNITS[unit]);
    }

    /** A length in seconds as a clock: {@code 4:05}, {@code 1:02:03}. */
    public static String clock(double seconds) {
        long whole = (long) Math.max(0, Math.floor(seconds));
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    /** A share in per cent: whole, and 100 only when it is really done. */
    public static String percent(double value) {
        return wholePercent(value) + " %";
    }

    /** The number that {@link #percent} shows. */
    public static int wholePercent(double value) {
        return value >= 100 ? 100 : (int) Math.min(99, Math.max(0, Math.floor(value)));
    }

    /** How many times faster than playback: {@code 2.1×}. */
    public static String times(double speed) {
        return speed >= 9.95 ? Math.round(speed) + "×" : String.format(Locale.ROOT, "%.1f×", speed);
    }

    /** A remaining time, coarse on purpose: {@code about 3 min left}. */
    public static String timeLeft(long seconds) {
        if (seconds < 10) {
            return "a few seconds left";
        }
        if (seconds < 55) {
            return "about " + (seconds + 9) / 10 * 10 + " s left";
        }
        if (seconds < 3570) {
            return "about " + Math.max(1, Math.round(seconds / 60.0)) + " min left";
        }
        long minutes = Math.round(seconds / 300.0) * 5;
        return "about " + minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min") + " left";
    }

    /** How long ago something was: {@code just now}, {@code 3 minutes ago}; after a month the day. */
    public static String ago(Instant then, Instant now, ZoneId zone) {
        Duration age = Duration.between(then, now);
        if (age.toMinutes() < 1) {
            return "just now";
        }
        if (age.toHours() < 1) {
            return count(age.toMinutes(), "minute");
        }
        if (age.toDays() < 1) {
            return count(age.toHours(), "hour");
        }
        return age.toDays() <= 30 ? count(age.toDays(), "day") : day(then, zone);
    }

    /** A day: {@code 3 Nov 2026}. */
    public static String day(Instant then, ZoneId zone) {
        return DAY.withZone(zone).format(then);
    }

    /** How long something has lasted, in its largest unit: {@code 40 s}, {@code 3 min}, {@code 2 h}. */
    public static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? " ago" : "s ago");
    }
}
