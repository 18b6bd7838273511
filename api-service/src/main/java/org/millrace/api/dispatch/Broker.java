package org.millrace.api.dispatch;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.millrace.model.broker.Probe;
import org.millrace.model.setting.BrokerTrouble;
import org.millrace.model.setting.SettingException;

/**
 * Whether the broker can be used. A connection of its own watches it, apart from those that carry messages, and
 * declares the topology each time the broker comes (back). In memory there is nothing to watch.
 */
@ApplicationScoped
public class Broker {

    private static final Logger LOG = Logger.getLogger(Broker.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int HEARTBEAT_SECONDS = 5;

    private final DispatchConfig config;
    private final BrokerConfig address;
    private final Event<BrokerForgot> news;
    private final Clock clock;
    private volatile Connection connection;
    private volatile Instant reachableSince;
    private volatile String said = "";
    private volatile String refusal;
    private volatile boolean known;

    Broker(DispatchConfig config, BrokerConfig address, Event<BrokerForgot> news, Clock clock) {
        this.config = config;
        this.address = address;
        this.news = news;
        this.clock = clock;
    }

    /** Whether messages can be sent and received now, or could a moment ago. */
    public boolean isReachable() {
        return config.transport() == DispatchConfig.Transport.MEMORY || reachableSince != null;
    }

    /** Why it refuses us, with the setting to mend; empty if it does not, or is not there at all. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Since when it has been reachable without a break; empty if it is not, or if there is none. */
    public Optional<Instant> reachableSince() {
        return Optional.ofNullable(reachableSince);
    }

    /** What is to be done in a channel of the broker's. */
    interface Question<T> {

        /** Asks it. */
        T in(Channel channel) throws IOException, TimeoutException;
    }

    /** Asks the broker something, besides all that goes through it; empty if it is not there. */
    <T> Optional<T> ask(Question<T> question) throws IOException, TimeoutException {
        Connection open = connection;
        if (open == null || !open.isOpen()) {
            return Optional.empty();
        }
        try (Channel channel = open.createChannel()) {
            return Optional.ofNullable(question.in(channel));
        } catch (AlreadyClosedException e) {
            throw new IOException("The broker has closed the channel", e);
        }
    }

    /** Whether the broker says that nobody consumes from a queue; false if it is not there itself. */
    boolean isDeserted(String queue) {
        Connection open = connection;
        return open != null && Probe.isDeserted(open, queue);
    }

    /** Whether the broker confirms what others send to it now. */
    boolean isConfirming() {
        try {
            return Probe.confirms(connect("millrace-api probe", PATIENCE));
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    /**
     * A connection apart, for questions that may never be answered: hanging it up harms nothing else.
     *
     * @param purpose what it is called in the broker's own lists
     * @param answer how long an answer is waited for
     */
    Connection connect(String purpose, Duration answer) throws IOException, TimeoutException {
        ConnectionFactory factory = factory();
        factory.setChannelRpcTimeout((int) answer.toMillis());
        return factory.newConnection(purpose);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (config.transport() == DispatchConfig.Transport.MEMORY || isOpen()) {
            return;
        }
        reachableSince = null;
        try {
            connection = connect();
            reachableSince = clock.instant();
            LOG.infof("RabbitMQ is reachable at %s:%d", address.host(), address.port());
            refusal = null;
            said = "";
            if (!known) {
                news.fire(new BrokerForgot());
            }
        } catch (IOException | TimeoutException | SettingException e) {
            refusal = BrokerTrouble.refusal(e, address.username(), address.virtualHost())
                    .orElse(null);
            sayOnce(refusal()
                    .orElseGet(() -> "RabbitMQ cannot be reached at " + address.host() + ":" + address.port() + " (" + e
                            + "). Setting: millrace.broker.host (RABBITMQ_HOST)"));
        }
    }

    void onStop(@Observes ShutdownEvent stop) {
        Connection open = connection;
        if (open != null) {
            open.abort((int) TIMEOUT.toMillis());
        }
    }

    private boolean isOpen() {
        Connection open = connection;
        return open != null && open.isOpen();
    }

    private Connection connect() throws IOException, TimeoutException {
        Connection fresh = connect("millrace-api watch", PATIENCE);
        try {
            BrokerTrouble.refuseOld(fresh);
            known = Topology.declare(fresh);
            return fresh;
        } catch (IOException | TimeoutException | RuntimeException e) {
            fresh.abort();
            throw e;
        }
    }

    private void sayOnce(String sentence) {
        if (!said.equals(sentence)) {
            said = sentence;
            LOG.warnf(
                    "%s. Uploads, pages and playback go on; new videos are converted as soon as the broker can be used",
                    sentence);
        }
    }

    private ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(address.host());
        factory.setPort(address.port());
        factory.setUsername(address.username());
        factory.setPassword(address.password());
        factory.setVirtualHost(address.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout((int) TIMEOUT.toMillis());
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        return factory;
    }
}
