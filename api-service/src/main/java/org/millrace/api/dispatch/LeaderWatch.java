package org.millrace.api.dispatch;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** A broker that has just started answers while it is still looking for its queues. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    /** The broker waits itself for the leader before it deletes a queue without. */
    private static final Duration DELETION = Duration.ofSeconds(30);

    private static final int HANG_UP_MILLIS = 1000;

    private final Broker broker;
    private final Event<BrokerForgot> news;
    private final Clock clock;
    private volatile Connection line;

    LeaderWatch(Broker broker, Event<BrokerForgot> news, Clock clock) {
        this.broker = broker;
        this.news = news;
        this.clock = clock;
    }

    /** Asks all queues at once, and those that do not answer once more: who consumes is to be back before it gives up. */
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        Instant settled = clock.instant().minus(SETTLING);
        if (broker.reachableSince().filter(settled::isAfter).isEmpty()) {
            return;
        }
        List<String> silent = these(Topology.QUEUES, queue -> !hasLeader(line(), queue));
        if (silent.isEmpty()) {
            return;
        }
        // At once, since a channel that waits for an answer would not even close.
        hangUp(line);
        List<String> anew = these(silent, queue -> isSilentStill(queue) && isMadeAnew(queue));
        if (!anew.isEmpty()) {
            news.fire(new BrokerForgot());
        }
    }

    void onStop(@Observes ShutdownEvent stop) {
        hangUp(line);
    }

    /** Of these queues, those of which it holds; all are asked at the same time. */
    private static List<String> these(List<String> queues, Question question) {
        List<String> yes = new CopyOnWriteArrayList<>();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String queue : queues) {
                askers.execute(() -> {
                    try {
                        if (question.holds(queue)) {
                            yes.add(queue);
                        }
                    } catch (IOException | TimeoutException | ShutdownSignalException e) {
                        LOG.debugf("Whether %s has a leader cannot be told now: %s", queue, e.getMessage());
                    }
                });
            }
        }
        return yes;
    }

    private static boolean hasLeader(Connection connection, String queue) throws IOException, TimeoutException {
        Channel channel = connection.createChannel();
        AMQP.Queue.DeclareOk seen = channel.queueDeclarePassive(queue);
        if (seen.getMessageCount() == 0 && seen.getConsumerCount() == 0) {
            // Only the leader can count, and zeroes are what is said without one, too: it has to be asked itself.
            try {
                channel.basicGet(queue, false);
            } catch (IOException e) {
                LOG.debugf("%s does not answer in time, or with an error: %s", queue, e.getMessage());
                return false;
            }
        }
        // This gives back what may have come in that moment.
        channel.close();
        return true;
    }

    private boolean isSilentStill(String queue) throws IOException, TimeoutException {
        Connection own = broker.connect("millrace-api leader", ANSWER);
        try {
            return !hasLeader(own, queue);
        } finally {
            hangUp(own);
        }
    }

    private boolean isMadeAnew(String queue) throws IOException, TimeoutException {
        LOG.warnf("The broker has lost the leader of the queue %s; it is made anew", queue);
        try (Connection repair = broker.connect("millrace-api repair", DELETION)) {
            try (Channel channel = repair.createChannel()) {
                channel.queueDelete(queue);
            }
            Topology.declare(repair);
        }
        return true;
    }

    private synchronized Connection line() throws IOException, TimeoutException {
        Connection open = line;
        if (open == null || !open.isOpen()) {
            open = broker.connect("millrace-api leaders", ANSWER);
            line = open;
        }
        return open;
    }

    private static void hangUp(Connection connection) {
        if (connection != null) {
            connection.abort(HANG_UP_MILLIS);
        }
    }

    private interface Question {
        boolean holds(String queue) throws IOException, TimeoutException;
    }
}
