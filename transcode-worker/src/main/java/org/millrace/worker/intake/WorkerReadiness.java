package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;
import org.millrace.worker.ffmpeg.FfmpegInstallation;
import org.millrace.worker.ffmpeg.Sandbox;
import org.millrace.worker.report.Broker;

/**
 * Whether this worker can do what it is for: the broker is connected and the media store answers. A missing ffmpeg or a
 * sandbox below the required level never gets this far, the worker does not start with them.
 */
@Readiness
@ApplicationScoped
public class WorkerReadiness implements HealthCheck {

    private final Broker broker;
    private final MediaStore store;
    private final Sandbox sandbox;
    private final FfmpegInstallation ffmpeg;

    @Inject
    WorkerReadiness(Broker broker, MediaStore store, Sandbox sandbox, FfmpegInstallation ffmpeg) {
        this.broker = broker;
        this.store = store;
        this.sandbox = sandbox;
        this.ffmpeg = ffmpeg;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("worker can work")
                .withData("sandbox", sandbox.level().name().toLowerCase(Locale.ROOT))
                .withData("ffmpeg", ffmpeg.version().text());
        boolean ready = broker.isReady();
        if (!ready) {
            response.withData("broker", broker.refusal().orElse("not connected"));
        }
        try {
            store.check();
        } catch (MediaStoreException e) {
            response.withData("store", String.valueOf(e.getMessage()));
            ready = false;
        }
        return response.status(ready).build();
    }
}
