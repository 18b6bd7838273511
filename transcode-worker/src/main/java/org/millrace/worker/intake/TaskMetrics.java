package org.millrace.worker.intake;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.millrace.model.message.Outcome;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.ffmpeg.Sandbox;
import org.millrace.worker.ffmpeg.SandboxLevel;

/** Figures of attempts for dashboards. */
@ApplicationScoped
@Startup
public class TaskMetrics {

    private static final double[] SPEED_BUCKETS = {0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32};

    private final MeterRegistry registry;

    @Inject
    TaskMetrics(MeterRegistry registry, Sandbox sandbox, Slots slots) {
        this.registry = registry;
        for (SandboxLevel level : SandboxLevel.values()) {
            Gauge.builder("millrace.worker.sandbox", () -> level == sandbox.level() ? 1 : 0)
                    .description("1 for the level that converters run at")
                    .tag("level", level.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (Lane lane : Lane.values()) {
            Gauge.builder("millrace.worker.slots", () -> slots.all(lane))
                    .description("Attempts that this worker can run at once")
                    .tag("lane", word(lane))
                    .register(registry);
            Gauge.builder("millrace.worker.running", () -> slots.taken(lane))
                    .description("Attempts that this worker runs now")
                    .tag("lane", word(lane))
                    .register(registry);
            speed(lane);
        }
    }

    /** Counts an attempt that ended; empty means cancelled. */
    void ended(Attempt attempt, Optional<Outcome> outcome, long nanos) {
        Task work = attempt.offer().work();
        Timer.builder("millrace.worker.task")
                .description("Wall time of attempts by kind of task and result")
                .tag("kind", work.kind())
                .tag("result", outcome.map(TaskMetrics::result).orElse("cancelled"))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
        registry.counter("millrace.worker.cpu.seconds", "kind", work.kind()).increment(attempt.cpuSeconds());
        double speed = attempt.progress().speed();
        if (work instanceof Task.EncodeChunk && speed > 0) {
            speed(attempt.offer().lane()).record(speed);
        }
    }

    private DistributionSummary speed(Lane lane) {
        return DistributionSummary.builder("millrace.worker.encode.speed")
                .description("Seconds of video made per second, as ffmpeg says at the end of an attempt")
                .tag("lane", word(lane))
                .serviceLevelObjectives(SPEED_BUCKETS)
                .register(registry);
    }

    private static String result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.AttemptSucceeded succeeded -> "succeeded";
            case Outcome.AttemptFailed failed -> failed.code().slug();
            case Outcome.AttemptHandedBack handedBack -> "handed-back";
            case Outcome.AttemptStarted started -> "started";
            case Outcome.PartPublished part -> "part";
        };
    }

    private static String word(Lane lane) {
        return lane.name().toLowerCase(Locale.ROOT);
    }
}
