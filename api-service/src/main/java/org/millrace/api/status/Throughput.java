package org.millrace.api.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.millrace.api.ledger.WorkLedger;

/** How fast the installation really works: seconds on a slot for each planned CPU second, over the latest attempts. */
@ApplicationScoped
class Throughput {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final double UNMEASURED = 1;

    private final WorkLedger work;
    private final Clock clock;
    private volatile double secondsPerWeight = UNMEASURED;
    private volatile Instant measuredAt = Instant.MIN;

    Throughput(WorkLedger work, Clock clock) {
        this.work = work;
        this.clock = clock;
    }

    double secondsPerWeight() {
        Instant now = clock.instant();
        if (measuredAt.plus(FRESH).isBefore(now)) {
            measuredAt = now;
            secondsPerWeight = work.measuredSecondsPerWeight().orElse(UNMEASURED);
        }
        return secondsPerWeight;
    }
}
