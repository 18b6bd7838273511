package org.millrace.api.status;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.millrace.api.ledger.AttemptRow;
import org.millrace.api.ledger.Milestone;
import org.millrace.model.task.Lane;

/**
 * Counts what this process has written into the ledger. Several processes each count their own share, so that sums and
 * rates over all of them are right.
 */
@ApplicationScoped
class MilestoneMetrics {

    private static final Duration[] TASK_BUCKETS = seconds(0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600);
    private static final Duration[] PLAYABLE_BUCKETS = seconds(0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1800);
    private static final double[] SPEED_BUCKETS = {0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32};

    private final MeterRegistry registry;

    MilestoneMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What has never happened is 0, not absent: a rule about it must not fall silent. */
    void begin(@Observes StartupEvent start) {
        bytesIn(0);
        playable();
        ready();
        Stream.of(Lane.values()).forEach(this::speed);
        Stream.of(AttemptRow.State.values())
                .filter(state -> state != AttemptRow.State.RUNNING)
                .forEach(state -> attempts(state, "", 0));
        failed("none", 0);
    }

    void on(@Observes Milestone milestone) {
        switch (milestone) {
            case Milestone.Uploaded uploaded -> bytesIn(uploaded.bytes());
            case Milestone.Playable playable -> playable().record(playable.since());
            case Milestone.Ready ready -> ready().record(ready.since());
            case Milestone.Failed failed -> failed(failed.code(), 1);
            case Milestone.AttemptEnded ended -> {
                taskTime(ended).record(ended.took());
                attempts(ended.how(), ended.code(), 1);
                if (ended.speed() > 0) {
                    speed(ended.lane()).record(ended.speed());
                }
            }
        }
    }

    private void bytesIn(long bytes) {
        registry.counter("millrace.upload.bytes").increment(bytes);
    }

    private Timer playable() {
        return Timer.builder("millrace.first.playable")
                .description("From the end of an upload until its video can be played for the first time")
                .serviceLevelObjectives(PLAYABLE_BUCKETS)
                .register(registry);
    }

    private Timer ready() {
        return Timer.builder("millrace.ready")
                .description("From the end of an upload until everything planned of its video is done")
                .serviceLevelObjectives(TASK_BUCKETS)
                .register(registry);
    }

    private Timer taskTime(Milestone.AttemptEnded ended) {
        return Timer.builder("millrace.task")
                .description("Attempts from start to end, by kind of task and result")
                .tag("kind", ended.kind())
                .tag("result", word(ended.how()))
                .serviceLevelObjectives(TASK_BUCKETS)
                .register(registry);
    }

    private DistributionSummary speed(Lane lane) {
        return DistributionSummary.builder("millrace.encode.speed")
                .description("Seconds of video made per second by attempts that encode a picture")
                .tag("lane", word(lane))
                .serviceLevelObjectives(SPEED_BUCKETS)
                .register(registry);
    }

    private void attempts(AttemptRow.State how, String code, int count) {
        registry.counter("millrace.attempts", "result", word(how), "code", code).increment(count);
    }

    private void failed(String code, int count) {
        registry.counter("millrace.videos.failed", "code", code).increment(count);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration[] seconds(double... seconds) {
        Duration[] durations = new Duration[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            durations[i] = Duration.ofMillis(Math.round(seconds[i] * 1000));
        }
        return durations;
    }
}
