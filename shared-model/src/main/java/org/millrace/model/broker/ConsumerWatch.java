package org.millrace.model.broker;

import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.SubscriberDecorator;
import io.smallrye.reactive.messaging.health.HealthReport.ChannelInfo;
import io.smallrye.reactive.messaging.health.HealthReporter;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Watches over the consumers of a service. A broker can end a consumer while its connection lives (its queue was deleted,
 * it was cancelled), and the connector then says nothing and consumes nothing, for ever. Here the end is noticed, the
 * consumer made anew, and its absence made known. Each service has one bean of this kind.
 */
public abstract class ConsumerWatch implements SubscriberDecorator {

    /**
     * How long a consumer may be gone while the broker is there. Up to three looks pass until one counts as gone for good,
     * and the process has to end: all of it within a minute.
     */
    public static final Duration PATIENCE = Duration.ofSeconds(42);

    private static final Logger LOG = System.getLogger(ConsumerWatch.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Iterable<HealthReporter> connectors;
    private final Clock clock;
    private final Map<String, Instant> goneSince = new ConcurrentHashMap<>();
    private final Map<String, Instant> closedSince = new ConcurrentHashMap<>();
    private volatile Set<String> closedBefore = Set.of();

    /**
     * A watch that has seen nothing yet.
     *
     * @param connectors who know whether channels are open
     * @param clock by which absences are measured
     */
    protected ConsumerWatch(Iterable<HealthReporter> connectors, Clock clock) {
        this.connectors = connectors;
        this.clock = clock;
    }

    /** Names of the channels that this service consumes from. */
    protected abstract Set<String> consumed();

    /** Whether messages go through a broker; in memory nobody can end a consumer. */
    protected abstract boolean isBrokerUsed();

    /** Whether the broker can be reached now. */
    protected abstract boolean isBrokerThere();

    /**
     * Of the channels consumed, those whose queue nobody consumes from, as the broker itself counts: a consumer that still
     * waits for the broker's answer to its first word looks well on our side. Asked only while the broker is there.
     */
    protected abstract Set<String> deserted();

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

    /**
     * Looks whether channels are open and the broker knows of their consumers; to be called every few seconds, and may
     * wait for the broker. A connector that may not declare its queue tries for ever and never says a word: only this
     * shows it.
     */
    public void look() {
        if (!isBrokerUsed()) {
            return;
        }
        Set<String> closed = closed();
        if (isBrokerThere()) {
            closed.addAll(deserted());
        }
        Instant now = clock.instant();
        closed.forEach(channel -> closedSince.putIfAbsent(channel, now));
        // At each try a channel is open for a moment: only one that stays open is well.
        closedSince.keySet().removeIf(channel -> !closed.contains(channel) && !closedBefore.contains(channel));
        closedBefore = closed;
        if (!isBrokerThere()) {
            // Nobody can consume then: absence counts from the broker's return.
            countAnew();
        }
    }

    /** Counts every absence from now: what stood in the way is gone. */
    protected final void countAnew() {
        Instant now = clock.instant();
        goneSince.replaceAll((channel, since) -> now);
        closedSince.replaceAll((channel, since) -> now);
    }

    private Set<String> closed() {
        Set<String> closed = new HashSet<>();
        for (HealthReporter connector : connectors) {
            for (ChannelInfo channel : connector.getLiveness().getChannels()) {
                // Behind the name stands which of several consumers it is.
                if (!channel.isOk() && consumed().contains(channel.getChannel().replaceFirst("\\$.*", ""))) {
                    closed.add(channel.getChannel());
                }
            }
        }
        return closed;
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
        return Stream.concat(goneSince.entrySet().stream(), closedSince.entrySet().stream())
                .min(Map.Entry.comparingByValue());
    }

    private void gone(String channel, Throwable why) {
        LOG.log(Logger.Level.WARNING, "Nothing is consumed from {0} for now: {1}", channel, why);
        goneSince.putIfAbsent(channel, clock.instant());
    }
}
