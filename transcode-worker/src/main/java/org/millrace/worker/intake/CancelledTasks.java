package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.millrace.model.id.TaskId;

/** Tasks that were cancelled within the last hour: their offers may still be on the way. */
@ApplicationScoped
public class CancelledTasks {

    static final Duration MEMORY = Duration.ofHours(1);

    private final Clock clock;
    private final Map<TaskId, Instant> cancelled = new LinkedHashMap<>();

    @Inject
    CancelledTasks(Clock clock) {
        this.clock = clock;
    }

    /** Remembers a task. */
    synchronized void add(TaskId task) {
        forgetOld();
        cancelled.remove(task);
        cancelled.put(task, clock.instant());
    }

    /** Whether a task was cancelled within the last hour. */
    synchronized boolean contains(TaskId task) {
        forgetOld();
        return cancelled.containsKey(task);
    }

    private void forgetOld() {
        Instant horizon = clock.instant().minus(MEMORY);
        cancelled.values().removeIf(when -> when.isBefore(horizon));
    }
}
