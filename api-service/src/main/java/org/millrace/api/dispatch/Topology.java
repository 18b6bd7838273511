package org.millrace.api.dispatch;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.millrace.model.broker.Probe;

/**
 * The exchanges and queues that must be there before anything is published, because the broker drops what it cannot
 * route. Workers declare what they consume with the same arguments; whoever comes first makes them.
 */
final class Topology {

    /** Where workers put what became of tasks. */
    static final String OUTCOMES = "millrace.outcomes";

    /** Where messages lie that nobody could read. */
    static final String DEAD_LETTERS = "millrace.dead-letters";

    private static final String TASKS = "millrace.tasks";
    private static final String FAST = "millrace.tasks.fast";
    private static final String BULK = "millrace.tasks.bulk";
    private static final String DEAD = "millrace.dead";

    /** All queues that outlive their consumers. */
    static final List<String> QUEUES = List.of(FAST, BULK, OUTCOMES, DEAD_LETTERS);

    /** Stops crash loops only: attempts and their causes are counted in the ledger. */
    private static final int DELIVERY_LIMIT = 20;

    private Topology() {}

    /** Carries nothing: a broker that does not have it has never seen this installation, or has lost its data. */
    private static final String MEMORY = Probe.NOWHERE;

    /**
     * Declares everything; repeating it changes nothing.
     *
     * @return whether the broker knew of this installation before
     */
    static boolean declare(Connection connection) throws IOException, TimeoutException {
        boolean known = isKnown(connection);
        try (Channel channel = connection.createChannel()) {
            channel.exchangeDeclare(MEMORY, BuiltinExchangeType.FANOUT, true);
            channel.exchangeDeclare(DEAD, BuiltinExchangeType.FANOUT, true);
            channel.queueDeclare(DEAD_LETTERS, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.queueBind(DEAD_LETTERS, DEAD, "");
            channel.exchangeDeclare(TASKS, BuiltinExchangeType.DIRECT, true);
            durableQueue(channel, FAST, TASKS, "fast");
            durableQueue(channel, BULK, TASKS, "bulk");
            channel.exchangeDeclare(OUTCOMES, BuiltinExchangeType.FANOUT, true);
            durableQueue(channel, OUTCOMES, OUTCOMES, "");
            channel.exchangeDeclare("millrace.control", BuiltinExchangeType.FANOUT, true);
            channel.exchangeDeclare("millrace.progress", BuiltinExchangeType.FANOUT, true);
        }
        return known;
    }

    private static boolean isKnown(Connection connection) throws IOException {
        // The broker answers no by closing the channel.
        Channel asking = connection.createChannel();
        try {
            asking.exchangeDeclarePassive(MEMORY);
            asking.abort();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void durableQueue(Channel channel, String name, String exchange, String routingKey)
            throws IOException {
        Map<String, Object> arguments = Map.of(
                "x-queue-type",
                "quorum",
                "x-delivery-limit",
                (long) DELIVERY_LIMIT,
                "x-dead-letter-exchange",
                DEAD,
                "x-dead-letter-routing-key",
                name);
        channel.queueDeclare(name, true, false, false, arguments);
        channel.queueBind(name, exchange, routingKey);
    }
}
