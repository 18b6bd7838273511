package org.millrace.api.admin;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

/**
 * Lets what is done by the clock begin once the service answers. Were it to begin earlier, a service that cannot take its
 * port would work on while it ends, and bury the one line that says why under errors of its own.
 */
@ApplicationScoped
class ScheduledWork {

    private final Scheduler scheduler;

    ScheduledWork(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void begin(@ObservesAsync HttpServerStart serving) {
        if (scheduler.isStarted()) {
            scheduler.resume();
        }
    }
}
