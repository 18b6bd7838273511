package org.millrace.worker.report;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.millrace.model.broker.ConfirmWatch;

/**
 * The watch over what a worker reports. It is looked at from the first second, when {@link Outcomes} cannot be made yet
 * because its channel is not ready.
 */
@Dependent
final class Confirms {

    private Confirms() {}

    @Produces
    @Singleton
    static ConfirmWatch confirms(Clock clock) {
        return new ConfirmWatch(clock);
    }
}
