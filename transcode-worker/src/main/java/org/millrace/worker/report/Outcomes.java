package org.millrace.worker.report;

import com.rabbitmq.client.MessageProperties;
import io.opentelemetry.context.Context;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.millrace.model.broker.ConfirmWatch;
import org.millrace.model.message.Channels;
import org.millrace.model.message.Outcome;

/**
 * The durable way to the ledger. An outcome counts as sent when the broker has confirmed it (in memory: when the
 * ledger has taken it). A confirmation can get lost with its connection, so waiting is bounded and the outcome sent
 * again: the ledger ignores the second copy.
 */
@ApplicationScoped
public class Outcomes {

    private static final Logger LOG = Logger.getLogger(Outcomes.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final MutinyEmitter<Outcome> emitter;
    private final Broker broker;
    private final Duration confirmTimeout;
    private final ConfirmWatch confirms;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    @Inject
    Outcomes(
            @Channel(Channels.OUTCOMES) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
                    MutinyEmitter<Outcome> emitter,
            Broker broker,
            ReportConfig config,
            ConfirmWatch confirms,
            Clock clock) {
        this.emitter = emitter;
        this.broker = broker;
        this.confirmTimeout = config.confirmTimeout();
        this.confirms = confirms;
        this.clock = clock;
    }

    /**
     * Sends an outcome and waits until it is confirmed, however long the broker is away.
     *
     * @return false if the worker ended before that: the outcome may or may not have arrived
     */
    public boolean send(Outcome outcome) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            if (broker.isReady() && isConfirmed(outcome)) {
                return true;
            }
            if (isClosedWithin(pause)) {
                return false;
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    /** Ends all waiting: the worker is about to end. Each outcome is still tried once. */
    public void close() {
        closed.countDown();
    }

    private boolean isConfirmed(Outcome outcome) {
        Instant begun = clock.instant();
        try {
            // Persistence is a property of each message; without it a restarted broker may forget it.
            OutgoingRabbitMQMetadata persistent = OutgoingRabbitMQMetadata.builder()
                    .withDeliveryMode(MessageProperties.PERSISTENT_BASIC.getDeliveryMode())
                    .build();
            emitter.sendMessage(Message.of(outcome)
                            .addMetadata(persistent)
                            .addMetadata(TracingMetadata.withCurrent(Context.current())))
                    .await()
                    .atMost(confirmTimeout);
            confirms.confirmed();
            return true;
        } catch (RuntimeException e) {
            confirms.unconfirmed(begun);
            LOG.warnf(
                    "Outcome %s of task %s was not confirmed: %s",
                    outcome.getClass().getSimpleName(), outcome.task(), e);
            return false;
        }
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
