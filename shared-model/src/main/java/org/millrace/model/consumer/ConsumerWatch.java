package org.millrace.model.consumer;

import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.SubscriberDecorator;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Watches over the consumers of a service. A broker can end a consumer while its connection lives (its queue was deleted,
 * it was cancelled), and the connector then says nothing and consumes nothing, for ever. Here the end is noticed, the
 * consumer made anew, and its absence made known. Each service has one bean of this kind.
 */
public abstract class ConsumerWatch implements SubscriberDecorator {

    /** How long a consumer may be gone while the broker is there; looked at often enough to act within a minute. */
    public static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final Logger LOG = System.getLogger(ConsumerWatch.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Map<String, Instant> goneSince = new ConcurrentHashMap<>();

    /** By whose clock absences are measured. */
    protected ConsumerWatch(Clock clock) {
        this.clock = clock;
    }

    /** Whether messages go through a broker; in memory nobody can end a consumer. */
    protected abstract boolean isBrokerUsed();

    /** Whether the broker can be reached now. */
    protected abstract boolean isBrokerThere();

    @Override
    public Multi<? extends Message<?>> decorate(
            Multi<? extends Message<?>> messages, List<String> channels, boolean isConnector) {
        if (!isBrokerUsed()) {
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

    /** Whether a restart would help: the broker is there, and yet a consumer has been gone for longer than is good. */
    public boolean isStuck() {
        Instant horizon = clock.instant().minus(PATIENCE);
        return isBrokerThere()
                && longestGone()
                        .filter(gone -> gone.getValue().isBefore(horizon))
                        .isPresent();
    }

    /** The consumer that has been gone for longest, and since when; empty if all are there. */
    public Optional<Map.Entry<String, Instant>> longestGone() {
        return goneSince.entrySet().stream().min(Map.Entry.comparingByValue());
    }

    private void gone(String channel, Throwable why) {
        LOG.log(Logger.Level.WARNING, "Nothing is consumed from {0} for now: {1}", channel, why);
        goneSince.putIfAbsent(channel, clock.instant());
    }
}
