package org.millrace.api.ledger;

import java.time.Duration;

/**
 * How fast the installation works, and what lies ahead.
 *
 * @param secondsPerWeight seconds that a slot takes for each planned CPU second
 * @param slots that work at the same time
 * @param weightAhead planned CPU seconds that have to be done first
 */
public record Pace(double secondsPerWeight, int slots, double weightAhead) {

    /** How long it takes until a task of this weight is done. */
    public Duration until(double weight) {
        double seconds = secondsPerWeight * (weightAhead / Math.max(1, slots) + weight);
        return Duration.ofMillis((long) (1000 * Math.min(seconds, 1e9)));
    }

    /** The same, with more ahead. */
    public Pace after(double weight) {
        return new Pace(secondsPerWeight, slots, weightAhead + weight);
    }
}
