package org.millrace.worker.intake;

import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.SubscriberDecorator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.millrace.worker.report.Broker;

/**
 * Watches over the consumers. A broker can end a consumer while its connection lives (its queue was deleted, it was
 * cancelled), and the connector then says nothing and consumes nothing, for ever. Here the end is noticed, the consumer
 * made anew, and its absence made known.
 */
@ApplicationScoped
public class ConsumerWatch implements SubscriberDecorator {

    private static final Logger LOG = Logger.getLogger(ConsumerWatch.class);
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Broker broker;
    private final Clock clock;
    private final Map<String, Instant> goneSince = new ConcurrentHashMap<>();

    @Inject
    ConsumerWatch(Broker broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    @Override
    public Multi<? extends Message<?>> decorate(
            Multi<? extends Message<?>> messages, List<String> channels, boolean isConnector) {
        if (!broker.isUsed()) {
            return messages;
        }
        String channel = String.join("+", channels);
        return messages.onSubscription()
                .invoke(() -> goneSince.remove(channel))
                .onCompletion()
                .failWith(() -> new IllegalStateException("The broker has ended the consumer of " + channel))
                .onFailure()
                .invoke(e -> gone(channel, e))
                .onFailure()
                .retry()
                .withBackOff(PAUSE, PAUSE)
                .indefinitely();
    }

    /** Whether a restart would help: the broker is there, and yet a consumer has been gone for a minute. */
    boolean isStuck() {
        Instant horizon = clock.instant().minus(PATIENCE);
        return broker.isReady()
                && longestGone()
                        .filter(gone -> gone.getValue().isBefore(horizon))
                        .isPresent();
    }

    /** The consumer that has been gone for longest, and since when; empty if all are there. */
    Optional<Map.Entry<String, Instant>> longestGone() {
        return goneSince.entrySet().stream().min(Map.Entry.comparingByValue());
    }

    private void gone(String channel, Throwable why) {
        LOG.warnf("Nothing is consumed from %s for now: %s", channel, why);
        goneSince.putIfAbsent(channel, clock.instant());
    }
}
