package org.millrace.worker.report;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.millrace.model.broker.Probe;
import org.millrace.model.setting.BrokerTrouble;
import org.millrace.model.setting.SettingException;

/**
 * A connection of our own to the broker, besides those of the channels. It declares the queue that outcomes wait in, which
 * a sender's channel cannot do: without the queue the broker would confirm outcomes and drop them. And it tells whether
 * the broker can be reached. In memory there is no broker and nothing to do.
 */
@ApplicationScoped
public class Broker {

    private static final String OUTCOMES = "millrace.outcomes";
    private static final String DEAD = "millrace.dead";
    private static final String DEAD_LETTERS = "millrace.dead-letters";

    /** The API declares the queue with the same arguments; the broker refuses any others. */
    private static final Map<String, Object> ARGUMENTS = Map.of(
            "x-queue-type",
            "quorum",
            "x-delivery-limit",
            20L,
            "x-dead-letter-exchange",
            DEAD,
            "x-dead-letter-routing-key",
            OUTCOMES);

    private static final Logger LOG = Logger.getLogger(Broker.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int TIMEOUT_MILLIS = 10_000;

    private final BrokerConfig config;
    private volatile Connection connection;
    private volatile boolean ending;
    private volatile String refusal;
    private String said = "";

    @Inject
    Broker(BrokerConfig config) {
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        if (isUsed()) {
            Thread.ofVirtual().name("broker").start(this::keepConnected);
        }
    }

    void stop(@Observes @Priority(9_000) ShutdownEvent ended) {
        ending = true;
        Connection last = connection;
        if (last != null) {
            last.abort(1000);
        }
    }

    /** Whether messages go through a broker. */
    public boolean isUsed() {
        return config.host().isPresent();
    }

    /** Whether outcomes can be sent: the broker is there and has a queue for them; or none is needed. */
    public boolean isReady() {
        Connection current = connection;
        return !isUsed() || (current != null && current.isOpen());
    }

    /** Why the broker refuses us, with the setting to mend; empty if it does not, or is not there at all. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Whether the broker says that nobody consumes from a queue; false if the broker is not there itself. */
    public boolean isDeserted(String queue) {
        Connection current = connection;
        return current != null && Probe.isDeserted(current, queue);
    }

    /** Whether the broker confirms what others send to it now; false if there is none. */
    public boolean isConfirming() {
        if (!isUsed()) {
            return false;
        }
        try {
            return Probe.confirms(factory().newConnection("millrace worker probe"));
        } catch (IOException | TimeoutException | GeneralSecurityException e) {
            return false;
        }
    }

    private void keepConnected() {
        while (!ending) {
            try {
                Connection current = connection;
                if (current == null || !current.isOpen()) {
                    connection = connect();
                    refusal = null;
                    said = "";
                    LOG.infof("Outcomes go to %s on %s", OUTCOMES, config.host().orElseThrow());
                }
            } catch (IOException | TimeoutException | GeneralSecurityException | SettingException e) {
                refusal = BrokerTrouble.refusal(e, config.username(), config.virtualHost())
                        .orElse(null);
                sayOnce(refusal()
                        .orElseGet(() -> "RabbitMQ cannot be reached at "
                                + config.host().orElseThrow() + ":" + config.port() + " (" + e
                                + "). Setting: millrace.broker.host (RABBITMQ_HOST)"));
            }
            if (!pause()) {
                return;
            }
        }
    }

    private void sayOnce(String sentence) {
        if (!said.equals(sentence)) {
            said = sentence;
            LOG.warnf("%s. This worker takes tasks as soon as the broker can be used", sentence);
        }
    }

    private ConnectionFactory factory() throws GeneralSecurityException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(config.host().orElseThrow());
        factory.setPort(config.port());
        factory.setUsername(config.username());
        factory.setPassword(config.password());
        factory.setVirtualHost(config.virtualHost());
        factory.setConnectionTimeout(TIMEOUT_MILLIS);
        factory.setChannelRpcTimeout(TIMEOUT_MILLIS);
        factory.setRequestedHeartbeat(10);
        // What was lost is declared anew by connecting anew.
        factory.setAutomaticRecoveryEnabled(false);
        if (config.ssl()) {
            factory.useSslProtocol();
            factory.enableHostnameVerification();
        }
        return factory;
    }

    private Connection connect() throws IOException, TimeoutException, GeneralSecurityException {
        Connection made = factory().newConnection("millrace worker");
        try (Channel channel = made.createChannel()) {
            BrokerTrouble.refuseOld(made);
            channel.exchangeDeclare(DEAD, BuiltinExchangeType.FANOUT, true);
            channel.queueDeclare(DEAD_LETTERS, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.queueBind(DEAD_LETTERS, DEAD, "");
            channel.exchangeDeclare(OUTCOMES, BuiltinExchangeType.FANOUT, true);
            channel.queueDeclare(OUTCOMES, true, false, false, ARGUMENTS);
            channel.queueBind(OUTCOMES, OUTCOMES, "");
            return made;
        } catch (IOException | TimeoutException | RuntimeException e) {
            made.abort();
            throw e;
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
