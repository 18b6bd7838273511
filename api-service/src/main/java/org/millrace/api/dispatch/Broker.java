package org.millrace.api.dispatch;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Whether the broker can be used. A connection of its own watches it, apart from those that carry messages, and
 * declares the topology each time the broker comes (back). In memory there is nothing to watch.
 */
@ApplicationScoped
public class Broker {

    private static final Logger LOG = Logger.getLogger(Broker.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int HEARTBEAT_SECONDS = 5;

    private final DispatchConfig config;
    private final BrokerConfig address;
    private final Clock clock;
    private volatile Connection connection;
    private volatile Instant reachableSince;
    private volatile boolean saidAway;

    Broker(DispatchConfig config, BrokerConfig address, Clock clock) {
        this.config = config;
        this.address = address;
        this.clock = clock;
    }

    /** Whether messages can be sent and received now, or could a moment ago. */
    public boolean isReachable() {
        return config.transport() == DispatchConfig.Transport.MEMORY || reachableSince != null;
    }

    /** Since when it has been reachable without a break; empty if it is not, or if there is none. */
    public Optional<Instant> reachableSince() {
        return Optional.ofNullable(reachableSince);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (config.transport() == DispatchConfig.Transport.MEMORY || isOpen()) {
            return;
        }
        reachableSince = null;
        try {
            Connection fresh = factory().newConnection("millrace-api watch");
            Topology.declare(fresh);
            connection = fresh;
            reachableSince = clock.instant();
            LOG.infof("RabbitMQ is reachable at %s:%d", address.host(), address.port());
            saidAway = false;
        } catch (IOException | TimeoutException e) {
            sayOnce(e);
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

    private void sayOnce(Exception e) {
        if (!saidAway) {
            saidAway = true;
            LOG.warnf(
                    "RabbitMQ cannot be reached at %s:%d (%s). Uploads, pages and playback go on; new videos are"
                            + " converted when it is back. Setting: millrace.broker.host (RABBITMQ_HOST)",
                    address.host(), address.port(), e);
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
