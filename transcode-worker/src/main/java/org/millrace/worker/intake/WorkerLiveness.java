package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Down only if a restart would help: the broker is there, and yet a consumer has been gone for a minute. */
@Liveness
@ApplicationScoped
public class WorkerLiveness implements HealthCheck {

    private final TaskConsumers consumers;

    @Inject
    WorkerLiveness(TaskConsumers consumers) {
        this.consumers = consumers;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("worker consumes tasks").status(!consumers.isStuck());
        consumers
                .longestGone()
                .ifPresent(gone -> response.withData("channel", gone.getKey())
                        .withData("gone since", gone.getValue().toString()));
        return response.build();
    }
}
