package org.millrace.api.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.millrace.api.dispatch.Broker;
import org.millrace.api.dispatch.Fleet;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.ledger.TaskState;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;

/**
 * What is not as it should be although the API works: told on every page and in the health data. A broker
 * that is away makes the API degraded, not unready: uploads, pages and playback go on.
 */
@Readiness
@ApplicationScoped
public class Degradation implements HealthCheck {

    private final Broker broker;
    private final Fleet fleet;
    private final TaskLedger tasks;
    private final MediaStore store;

    Degradation(Broker broker, Fleet fleet, TaskLedger tasks, MediaStore store) {
        this.broker = broker;
        this.fleet = fleet;
        this.tasks = tasks;
        this.store = store;
    }

    /** One sentence for the top of every page; empty if all is well. */
    public Optional<String> sentence() {
        if (!broker.isReachable()) {
            String what = broker.refusal().isPresent() ? "refuses this installation" : "is away";
            return Optional.of("The message broker " + what + ". You can upload and watch;"
                    + " new videos are converted as soon as it is back.");
        }
        boolean waits = fleet.alive().isEmpty() && tasks.count(EnumSet.of(TaskState.WAITING, TaskState.OFFERED)) > 0;
        return waits
                ? Optional.of("No worker is running. New videos are converted as soon as one is.")
                : Optional.empty();
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> store = storeTrouble();
        return HealthCheckResponse.named("millrace")
                .status(store.isEmpty())
                .withData("store", store.orElse("writable"))
                .withData(
                        "broker",
                        broker.isReachable() ? "reachable" : broker.refusal().orElse("away"))
                .withData("workers", fleet.alive().size())
                .withData("degraded", sentence().isPresent())
                .build();
    }

    /** Without its store the API can neither take nor show anything. */
    private Optional<String> storeTrouble() {
        try {
            store.check();
            return Optional.empty();
        } catch (MediaStoreException e) {
            return Optional.of(e.getMessage());
        }
    }
}
