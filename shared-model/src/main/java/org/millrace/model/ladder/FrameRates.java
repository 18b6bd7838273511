package org.millrace.model.ladder;

import java.util.Comparator;
import java.util.List;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;

/**
 * Chooses the output's constant frame rate. Headers lie (1000 fps) and phones vary, so the measured rate of the
 * packets decides, and the header's only where it agrees.
 */
public final class FrameRates {

    private static final double HIGHEST = 60.1;
    private static final double UNKNOWN = 30;
    private static final List<Rational> STANDARD = List.of(
            new Rational(1, 1),
            new Rational(2, 1),
            new Rational(5, 1),
            new Rational(6, 1),
            new Rational(8, 1),
            new Rational(10, 1),
            new Rational(12, 1),
            new Rational(25, 2),
            new Rational(15000, 1001),
            new Rational(15, 1),
            new Rational(20, 1),
            new Rational(24000, 1001),
            new Rational(24, 1),
            new Rational(25, 1),
            new Rational(30000, 1001),
            new Rational(30, 1),
            new Rational(48, 1),
            new Rational(50, 1),
            new Rational(60000, 1001),
            new Rational(60, 1));

    private FrameRates() {}

    /** The rate for a track whose packets were counted; from 1 to 60 frames per second. */
    public static Rational choose(VideoTrack track, TrackIndex index) {
        double measured = measured(index);
        Rational nominal = track.nominalRate();
        if (nominal != null && (agrees(nominal, measured) || hasEmptySlots(nominal, measured))) {
            return playable(nominal);
        }
        Rational average = track.averageRate();
        if (average != null && agrees(average, measured)) {
            return playable(average);
        }
        return playable(standardAbove(measured));
    }

    private static boolean agrees(Rational claimed, double measured) {
        return Math.abs(claimed.value() / measured - 1) < 0.01;
    }

    /** Pictures come at the nominal rate, but not always: the mean rate would lose some where they do. */
    private static boolean hasEmptySlots(Rational nominal, double measured) {
        return nominal.value() <= HIGHEST
                && nominal.value() > measured
                && (nominal.value() < 1.5 * measured || nominal.value() <= UNKNOWN);
    }

    /** Packets per second; a single picture has no rate of its own. */
    private static double measured(TrackIndex index) {
        if (index.packets() < 2 || index.spanSeconds() <= 0) {
            return UNKNOWN;
        }
        return index.packets() / index.spanSeconds();
    }

    /** The standard rate that the measured one is nearly equal to, or the next one that loses no frame. */
    private static Rational standardAbove(double measured) {
        return STANDARD.stream()
                .filter(rate -> Math.abs(rate.value() / measured - 1) < 0.005)
                .min(Comparator.comparingDouble(rate -> Math.abs(rate.value() - measured)))
                .or(() -> STANDARD.stream()
                        .filter(rate -> rate.value() > measured)
                        .findFirst())
                .orElse(STANDARD.get(STANDARD.size() - 1));
    }

    /**
     * Faster rates than 60 are divided, slower ones than 1 multiplied by the smallest whole number that brings them there:
     * no uneven steps. Below one picture a second a GOP would be a single picture.
     */
    private static Rational playable(Rational rate) {
        long divisor = Math.max(1, (long) Math.ceil(rate.value() / HIGHEST));
        long factor = Math.max(1, (long) Math.ceil(1 / rate.value() - 1e-9));
        return simplest(rate.num() * factor, rate.den() * divisor);
    }

    private static Rational simplest(long num, long den) {
        long a = num;
        long b = den;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return new Rational(num / a, den / a);
    }
}
