package org.millrace.standalone.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How long a fault lasts, and waiting for what it is to show. */
final class Hold {

    private static final Duration LOOK = Duration.ofMillis(100);

    private Hold() {}

    /** Lets time pass while a fault is on. */
    static void on(Duration time) {
        until(time, () -> false);
    }

    /** Waits for something to be seen; false if it was not within this time. */
    static boolean until(Duration most, BooleanSupplier seen) {
        Instant end = Instant.now().plus(most);
        while (Instant.now().isBefore(end)) {
            if (seen.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return seen.getAsBoolean();
    }

    /** Waits for something that has to be seen. */
    static void require(String what, Duration most, BooleanSupplier seen) {
        if (!until(most, seen)) {
            throw new AssertionError("Not seen within " + most + ": " + what);
        }
    }
}
