package org.millrace.api.dispatch;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Finds queues that have lost their leader for good, and makes them anew. A broker whose power fails within a second of a
 * queue's declaration may know the queue afterwards and not who leads it (seen with RabbitMQ 3.10): declaring is answered,
 * connections and channels are open, and whoever consumes or publishes waits for ever, or is thrown out each time. What
 * waited there cannot be had any more, and the ledger has it.
 */
@ApplicationScoped
class LeaderWatch {

    private static final Logger LOG = Logger.getLogger(LeaderWatch.class);

    /** A leader answers within milliseconds, and is elected anew within seconds. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** The broker waits itself for the leader before it deletes a queue without. */
    private static final Duration DELETION = Duration.ofSeconds(30);

    private static final int HANG_UP_MILLIS = 1000;

    private final Broker broker;
    private final Event<BrokerForgot> news;
    private final Set<String> silent = new HashSet<>();
    private volatile Connection line;

    LeaderWatch(Broker broker, Event<BrokerForgot> news) {
        this.broker = broker;
        this.news = news;
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (broker.reachableSince().isEmpty()) {
            silent.clear();
            return;
        }
        for (String queue : Topology.QUEUES) {
            try {
                if (hasLeader(queue)) {
                    silent.remove(queue);
                } else if (!silent.add(queue)) {
                    makeAnew(queue);
                }
            } catch (IOException | TimeoutException | AlreadyClosedException e) {
                LOG.debugf("Whether %s has a leader cannot be told now: %s", queue, e.getMessage());
                silent.remove(queue);
                hangUp();
            }
        }
    }

    void onStop(@Observes ShutdownEvent stop) {
        hangUp();
    }

    private boolean hasLeader(String queue) throws IOException, TimeoutException {
        Channel channel = line().createChannel();
        AMQP.Queue.DeclareOk seen = channel.queueDeclarePassive(queue);
        if (seen.getMessageCount() == 0 && seen.getConsumerCount() == 0) {
            // Only the leader can count, and zeroes are what is said without one, too: it has to be asked itself.
            try {
                channel.basicGet(queue, false);
            } catch (IOException e) {
                // No answer in time, or an error of the broker's that ends the connection; of either one more look
                // decides.
                LOG.debugf("%s does not answer: %s", queue, e.getMessage());
                hangUp();
                return false;
            }
        }
        // This gives back what may have come in that moment.
        channel.close();
        return true;
    }

    private void makeAnew(String queue) throws IOException, TimeoutException {
        LOG.warnf("The broker has lost the leader of the queue %s; it is made anew", queue);
        try (Connection repair = broker.connect("millrace-api repair", DELETION)) {
            try (Channel channel = repair.createChannel()) {
                channel.queueDelete(queue);
            }
            Topology.declare(repair);
        }
        silent.remove(queue);
        news.fire(new BrokerForgot());
    }

    private Connection line() throws IOException, TimeoutException {
        Connection open = line;
        if (open == null || !open.isOpen()) {
            open = broker.connect("millrace-api leaders", ANSWER);
            line = open;
        }
        return open;
    }

    /** At once: a channel that waits for an answer would not even close. */
    private void hangUp() {
        Connection open = line;
        if (open != null) {
            open.abort(HANG_UP_MILLIS);
        }
    }
}
