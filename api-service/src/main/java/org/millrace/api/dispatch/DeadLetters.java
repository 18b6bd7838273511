package org.millrace.api.dispatch;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Messages that nobody could read, or that crashed their reader again and again; the broker keeps them apart. The ledger
 * does not depend on them. They are shown to whoever runs the installation, who can let them be read again or throw them
 * away.
 */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final long CONFIRM_MILLIS = 5000;
    private static final int PERSISTENT = 2;

    private final Broker broker;
    private final MeterRegistry metrics;
    private volatile int count;

    DeadLetters(Broker broker, MeterRegistry metrics) {
        this.broker = broker;
        this.metrics = metrics;
    }

    /** Who scrapes is told from the first moment on. */
    void register(@Observes StartupEvent start) {
        Gauge.builder("millrace_dead_letters", this, DeadLetters::count)
                .description("Messages that nobody could read")
                .register(metrics);
    }

    /** How many there are, as was seen within the last seconds; 0 without a broker. */
    public int count() {
        return count;
    }

    @Scheduled(every = "10s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            count = broker.ask(channel ->
                            channel.queueDeclarePassive(Topology.DEAD_LETTERS).getMessageCount())
                    .orElse(0);
        } catch (IOException | TimeoutException e) {
            LOG.debugf("Dead letters cannot be counted now: %s", e.getMessage());
        }
    }

    /**
     * Puts those that are there now back into the queues they came from.
     *
     * @return how many
     * @throws IOException if the broker does not let it; nothing is lost then, a message may be there twice
     */
    public int readAgain() throws IOException, TimeoutException {
        int returned = broker.ask(DeadLetters::giveBack).orElse(0);
        LOG.infof("%d dead letters were put back to be read again", returned);
        look();
        return returned;
    }

    /**
     * Deletes those that are there now.
     *
     * @return how many
     * @throws IOException if the broker does not let it
     */
    public int throwAway() throws IOException, TimeoutException {
        int thrown = broker.ask(
                        channel -> channel.queuePurge(Topology.DEAD_LETTERS).getMessageCount())
                .orElse(0);
        look();
        return thrown;
    }

    private static int giveBack(Channel channel) throws IOException, TimeoutException {
        channel.confirmSelect();
        int there = channel.queueDeclarePassive(Topology.DEAD_LETTERS).getMessageCount();
        int returned = 0;
        for (int i = 0; i < there; i++) {
            GetResponse letter = channel.basicGet(Topology.DEAD_LETTERS, false);
            if (letter == null) {
                return returned;
            }
            Optional<String> queue = cameFrom(letter);
            if (queue.isEmpty()) {
                continue;
            }
            // By the default exchange, which leads into the queue of that name and nowhere else.
            channel.basicPublish("", queue.get(), plain(letter.getProps()), letter.getBody());
            try {
                channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return returned;
            }
            channel.basicAck(letter.getEnvelope().getDeliveryTag(), false);
            returned++;
        }
        return returned;
    }

    private static Optional<String> cameFrom(GetResponse letter) {
        Map<String, Object> headers = letter.getProps().getHeaders();
        return headers != null
                        && headers.get("x-death") instanceof List<?> deaths
                        && !deaths.isEmpty()
                        && deaths.getFirst() instanceof Map<?, ?> death
                ? Optional.ofNullable(death.get("queue")).map(Object::toString)
                : Optional.empty();
    }

    /** Without the counts of its deaths: it begins anew. */
    private static AMQP.BasicProperties plain(AMQP.BasicProperties properties) {
        return new AMQP.BasicProperties.Builder()
                .contentType(properties.getContentType())
                .deliveryMode(PERSISTENT)
                .build();
    }
}
