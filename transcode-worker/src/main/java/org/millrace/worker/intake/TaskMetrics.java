package org.millrace.worker.intake;

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
import org.millrace.worker.ffmpeg.Sandbox;
import org.millrace.worker.ffmpeg.SandboxLevel;

/** Figures of attempts for dashboards. */
@ApplicationScoped
@Startup
public class TaskMetrics {

    private final MeterRegistry registry;

    @Inject
    TaskMetrics(MeterRegistry registry, Sandbox sandbox) {
        this.registry = registry;
        for (SandboxLevel level : SandboxLevel.values()) {
            Gauge.builder("millrace.worker.sandbox", () -> level == sandbox.level() ? 1 : 0)
                    .description("1 for the level that converters run at")
                    .tag("level", level.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    /** Counts an attempt that ended; empty means cancelled. */
    void ended(String kind, Optional<Outcome> outcome, long nanos, double cpuSeconds) {
        String result = outcome.map(TaskMetrics::word).orElse("cancelled");
        Timer.builder("millrace.worker.task")
                .description("Wall time of attempts by kind of task and result")
                .tag("kind", kind)
                .tag("result", result)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
        registry.counter("millrace.worker.cpu.seconds", "kind", kind).increment(cpuSeconds);
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.AttemptSucceeded succeeded -> "succeeded";
            case Outcome.AttemptFailed failed -> failed.code().slug();
            case Outcome.AttemptHandedBack handedBack -> "handed-back";
            case Outcome.AttemptStarted started -> "started";
            case Outcome.PartPublished part -> "part";
        };
    }
}
