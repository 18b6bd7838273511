package org.millrace.standalone.chaos;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Signals;

/** What is done to the broker. */
final class BrokerFaults {

    private static final List<String> QUEUES =
            List.of("millrace.tasks.fast", "millrace.tasks.bulk", "millrace.outcomes");

    /** What the product promises: a consumer that is gone is back, or its process has ended, within a minute. */
    private static final Duration HEALED = Duration.ofSeconds(60);

    private static final Duration RECONNECTED = Duration.ofSeconds(90);
    private static final Duration AWAY = Duration.ofSeconds(4);
    private static final Duration PAUSED = Duration.ofSeconds(20);
    private static final Duration ALARMED = Duration.ofSeconds(12);
    private static final Duration COLLECTING = Duration.ofSeconds(20);
    private static final Duration LATE = Duration.ofSeconds(8);
    private static final int ENOUGH = 30;

    private BrokerFaults() {}

    static void kill(Campaign campaign, Random dice) {
        RabbitServer broker = campaign.installation().broker();
        List<ProcessHandle> all = broker.processes();
        broker.kill();
        if (all.stream().anyMatch(ProcessHandle::isAlive)) {
            throw new AssertionError("the broker lives on");
        }
        Hold.on(AWAY.multipliedBy(dice.nextInt(3)));
        broker.start();
        requireConsumers(campaign, RECONNECTED);
    }

    static void restart(Campaign campaign, Random dice) {
        RabbitServer broker = campaign.installation().broker();
        broker.stop();
        if (broker.isRunning()) {
            throw new AssertionError("the broker did not stop");
        }
        Hold.on(AWAY);
        broker.start();
        requireConsumers(campaign, RECONNECTED);
    }

    static void wipe(Campaign campaign, Random dice) {
        RabbitServer broker = campaign.installation().broker();
        broker.kill();
        broker.wipe();
        broker.start();
        requireConsumers(campaign, RECONNECTED);
    }

    static void pause(Campaign campaign, Random dice) {
        List<ProcessHandle> all = campaign.installation().broker().processes();
        all.forEach(process -> Signals.send("STOP", process.pid()));
        try {
            Hold.require(
                    "the broker stands still",
                    AWAY,
                    () -> all.stream().allMatch(process -> Signals.isStopped(process.pid())));
            Hold.on(PAUSED);
        } finally {
            all.forEach(process -> Signals.send("CONT", process.pid()));
        }
        requireConsumers(campaign, RECONNECTED);
    }

    static void alarmDisk(Campaign campaign, Random dice) {
        alarm(campaign, "disk", List.of("set_disk_free_limit", "100000GB"), List.of("set_disk_free_limit", "50MB"));
    }

    static void alarmMemory(Campaign campaign, Random dice) {
        alarm(
                campaign,
                "memory",
                List.of("set_vm_memory_high_watermark", "0.00001"),
                List.of("set_vm_memory_high_watermark", "0.4"));
    }

    private static void alarm(Campaign campaign, String resource, List<String> on, List<String> off) {
        RabbitServer broker = campaign.installation().broker();
        broker.control(on.toArray(String[]::new));
        try {
            Hold.require(
                    "the alarm",
                    ALARMED,
                    () -> broker.control("eval", "rabbit_alarm:get_alarms().").contains("{resource_limit," + resource));
            Hold.on(ALARMED);
        } finally {
            broker.control(off.toArray(String[]::new));
        }
    }

    static void deleteQueue(Campaign campaign, Random dice) throws IOException {
        String queue = QUEUES.get(dice.nextInt(QUEUES.size()));
        inChannel(campaign, channel -> {
            channel.queueDelete(queue);
            return null;
        });
        requireConsumers(campaign, HEALED);
    }

    /** The state that a power failure just when a queue had been declared leaves behind: nobody is answered, or refused. */
    static void loseLeader(Campaign campaign, Random dice) {
        loseLeader(campaign.installation().broker(), QUEUES.get(dice.nextInt(QUEUES.size())));
        kill(campaign, dice);
    }

    /** Takes away who leads a queue, and all that waits there; the broker still knows the queue. */
    static void loseLeader(RabbitServer broker, String queue) {
        broker.control("eval", "ra:force_delete_server(quorum_queues, {'%2F_" + queue + "', node()}).");
    }

    /** Listens to what is said, and says it again: later, and in an order that chance decides. */
    static void repeatMessages(Campaign campaign, Random dice) throws IOException {
        List<GetResponse> heard = new ArrayList<>();
        inChannel(campaign, channel -> {
            String ear = channel.queueDeclare().getQueue();
            channel.queueBind(ear, "millrace.outcomes", "");
            channel.queueBind(ear, "millrace.tasks", "fast");
            channel.queueBind(ear, "millrace.tasks", "bulk");
            Hold.until(COLLECTING, () -> heard.size() >= ENOUGH || !listen(channel, ear, heard));
            channel.queueDelete(ear);
            Hold.on(LATE);
            Collections.shuffle(heard, dice);
            for (GetResponse message : heard) {
                channel.basicPublish(
                        message.getEnvelope().getExchange(),
                        message.getEnvelope().getRoutingKey(),
                        message.getProps(),
                        message.getBody());
            }
            return null;
        });
        if (heard.isEmpty()) {
            throw new AssertionError("nothing was said that could be repeated");
        }
    }

    /** False if listening is over. */
    private static boolean listen(Channel channel, String ear, List<GetResponse> heard) {
        try {
            GetResponse next = channel.basicGet(ear, true);
            while (next != null) {
                heard.add(next);
                next = channel.basicGet(ear, true);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Every queue has a consumer again: somebody who works, or who listens. */
    static void requireConsumers(Campaign campaign, Duration most) {
        Hold.require("consumers of " + QUEUES, most, () -> {
            try {
                return inChannel(campaign, channel -> {
                    for (String queue : QUEUES) {
                        if (channel.queueDeclarePassive(queue).getConsumerCount() == 0) {
                            return false;
                        }
                    }
                    return true;
                });
            } catch (IOException e) {
                return false;
            }
        });
    }

    private interface Talk<T> {
        T with(Channel channel) throws IOException;
    }

    private static <T> T inChannel(Campaign campaign, Talk<T> talk) throws IOException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(campaign.installation().broker().port());
        factory.setAutomaticRecoveryEnabled(false);
        try (Connection connection = factory.newConnection("chaos");
                Channel channel = connection.createChannel()) {
            return talk.with(channel);
        } catch (TimeoutException e) {
            throw new IOException(e);
        }
    }
}
