package org.millrace.api.dispatch;

import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.millrace.api.ledger.AttemptLedger;
import org.millrace.model.message.Channels;
import org.millrace.model.message.Outcome;

/**
 * Takes outcomes from the queue into the ledger, one after the other. A message is acknowledged once the ledger has
 * it; while the database cannot be written, the message waits here and the rest in the broker.
 */
@ApplicationScoped
class OutcomeConsumer {

    private static final Logger LOG = Logger.getLogger(OutcomeConsumer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int TRIES = 60;

    private final AttemptLedger attempts;
    private final DispatchConfig config;
    private final VideoTraces traces;

    OutcomeConsumer(AttemptLedger attempts, DispatchConfig config, VideoTraces traces) {
        this.attempts = attempts;
        this.config = config;
        this.traces = traces;
    }

    @Incoming(Channels.OUTCOMES)
    @Blocking
    void on(Outcome outcome, Optional<TracingMetadata> carried) throws InterruptedException {
        MDC.put("task", outcome.task().value());
        MDC.put("attempt", outcome.attempt().value());
        VideoTraces.Step step = traces.outcome(outcome, carried);
        try {
            takePatiently(outcome);
        } finally {
            step.close();
            MDC.remove("task");
            MDC.remove("attempt");
        }
    }

    private void takePatiently(Outcome outcome) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                take(outcome);
                return;
            } catch (RuntimeException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                LOG.warnf(e, "The ledger could not take an outcome of task %s; trying again", outcome.task());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void take(Outcome outcome) {
        switch (outcome) {
            case Outcome.AttemptStarted started -> attempts.started(started, config.lease());
            case Outcome.PartPublished part -> attempts.partPublished(part);
            case Outcome.AttemptSucceeded succeeded -> attempts.succeeded(succeeded);
            case Outcome.AttemptFailed failed -> attempts.failed(failed);
            case Outcome.AttemptHandedBack handedBack -> attempts.handedBack(handedBack);
        }
    }
}
