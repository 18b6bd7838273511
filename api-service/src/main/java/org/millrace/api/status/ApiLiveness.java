package org.millrace.api.status;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.millrace.api.dispatch.OutcomeConsumers;

/** Down only if a restart would help: the broker is there, and yet what workers report has reached nobody for long. */
@Liveness
@ApplicationScoped
public class ApiLiveness implements HealthCheck {

    private final OutcomeConsumers consumers;

    ApiLiveness(OutcomeConsumers consumers) {
        this.consumers = consumers;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("API hears workers").status(!consumers.isStuck());
        consumers
                .longestGone()
                .ifPresent(gone -> response.withData("channel", gone.getKey())
                        .withData("gone since", gone.getValue().toString()));
        return response.build();
    }
}
