package org.millrace.api.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often each client may do something: so many times at once, and as many again in each minute. A client that has done
 * nothing for a minute has its whole allowance back, so what is known of it is forgotten then. However many clients there
 * are, only so many are remembered.
 */
final class Rate {

    /** Some hundred bytes each. */
    private static final int MOST_CLIENTS = 20_000;

    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final int perMinute;
    private final TimeMeter time;
    private final Cache<String, Bucket> clients;

    /** Lets each client do it so many times in a minute. */
    Rate(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.time = new Meter(clock);
        this.clients = Caffeine.newBuilder()
                .maximumSize(MOST_CLIENTS)
                .expireAfterAccess(PERIOD)
                .ticker(time::currentTimeNanos)
                .build();
    }

    /** Counts one; 0 if it may be done, else the time to wait in seconds, at least 1. */
    long secondsToWait(String client) {
        ConsumptionProbe probe = clients.get(client, this::full).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1));
    }

    /** Clients that are remembered. */
    long remembered() {
        clients.cleanUp();
        return clients.estimatedSize();
    }

    private Bucket full(String client) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, PERIOD))
                .withCustomTimePrecision(time)
                .build();
    }

    private record Meter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
