package org.millrace.api.status;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.millrace.api.dispatch.OutcomeConsumers;
import org.millrace.api.dispatch.StuckApi;

/**
 * Down only if a restart would help: the broker is there, and yet what workers report has reached nobody for long, or what
 * was published has not been confirmed.
 */
@Liveness
@ApplicationScoped
public class ApiLiveness implements HealthCheck {

    private final OutcomeConsumers consumers;
    private final StuckApi stuck;

    ApiLiveness(OutcomeConsumers consumers, StuckApi stuck) {
        this.consumers = consumers;
        this.stuck = stuck;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("API hears workers").status(!stuck.isStuck());
        consumers
                .longestGone()
                .ifPresent(gone -> response.withData("channel", gone.getKey())
                        .withData("gone since", gone.getValue().toString()));
        stuck.unconfirmedSince().ifPresent(since -> response.withData("unconfirmed since", since.toString()));
        return response.build();
    }
}
