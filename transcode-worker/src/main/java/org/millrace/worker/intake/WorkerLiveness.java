package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Down only if a restart would help: the broker is there, and yet a consumer has been gone for long, or what was reported
 * has not been confirmed.
 */
@Liveness
@ApplicationScoped
public class WorkerLiveness implements HealthCheck {

    private final TaskConsumers consumers;
    private final StuckWorker stuck;

    @Inject
    WorkerLiveness(TaskConsumers consumers, StuckWorker stuck) {
        this.consumers = consumers;
        this.stuck = stuck;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("worker consumes tasks").status(!stuck.isStuck());
        consumers
                .longestGone()
                .ifPresent(gone -> response.withData("channel", gone.getKey())
                        .withData("gone since", gone.getValue().toString()));
        stuck.unconfirmedSince().ifPresent(since -> response.withData("unconfirmed since", since.toString()));
        return response.build();
    }
}
