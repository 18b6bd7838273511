package org.millrace.worker.report;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.millrace.model.id.AttemptId;
import org.millrace.model.message.Channels;
import org.millrace.model.message.Signal;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.ffmpeg.FfmpegInstallation;
import org.millrace.worker.ffmpeg.Sandbox;

/**
 * The lossy way to the API: progress of what runs and signs of life, sent from a thread of its own, so that a starved or
 * silent encoder does not look like a dead worker.
 */
@ApplicationScoped
public class Signals {

    /** No attempt is reported more often. */
    static final Duration TICK = Duration.ofMillis(500);

    private static final Logger LOG = Logger.getLogger(Signals.class);

    private final Emitter<Signal> emitter;
    private final WorkerIdentity identity;
    private final String sandbox;
    private final String encoder;
    private final Duration heartbeat;
    private final Map<AttemptId, ProgressReport> reports = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("millrace-signals").daemon().factory());
    private volatile int slots;
    private volatile int busy;

    @Inject
    Signals(
            @Channel(Channels.PROGRESS) @OnOverflow(OnOverflow.Strategy.DROP) Emitter<Signal> emitter,
            WorkerIdentity identity,
            Sandbox sandbox,
            FfmpegInstallation installation,
            ReportConfig config) {
        this.emitter = emitter;
        this.identity = identity;
        this.sandbox = sandbox.level().name().toLowerCase(Locale.ROOT);
        this.encoder = installation.fingerprint();
        this.heartbeat = config.heartbeat();
    }

    void start(@Observes StartupEvent started) {
        LOG.infof("This is worker %s on %s, encoding with %s", identity.id(), identity.host(), encoder);
        clockwork.scheduleWithFixedDelay(this::sendProgress, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        clockwork.scheduleWithFixedDelay(this::sendHeartbeat, 0, heartbeat.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) {
        clockwork.shutdownNow();
    }

    /** Tells how many bulk tasks this worker can run and how many tasks of both lanes it runs now. */
    public void load(int slots, int busy) {
        this.slots = slots;
        this.busy = busy;
        if (!clockwork.isShutdown()) {
            clockwork.execute(this::sendHeartbeat);
        }
    }

    /** Reports the progress of an attempt until the registration is closed. */
    public Attempt.Registration follow(Attempt attempt) {
        reports.put(attempt.id(), new ProgressReport(attempt));
        return () -> reports.remove(attempt.id());
    }

    private void sendProgress() {
        long now = System.nanoTime();
        for (ProgressReport report : reports.values()) {
            report.nextAt(now, identity.id()).ifPresent(this::send);
        }
    }

    private void sendHeartbeat() {
        if (slots == 0) {
            // It has just started, and its load will be told in a moment.
            return;
        }
        send(new Signal.WorkerAlive(identity.id(), identity.host(), slots, busy, sandbox, encoder));
    }

    private void send(Signal signal) {
        try {
            // Nobody waits for the answer: a signal that is lost is followed by a better one.
            emitter.send(signal).exceptionally(lost -> null);
        } catch (RuntimeException e) {
            LOG.debugf("Signal dropped: %s", e);
        }
    }
}
