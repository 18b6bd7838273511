package org.millrace.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Patient;

/** A service that does not consume although the broker is there heals, or says so and ends, within a minute. */
@Patient
class HealingIT {

    /** The promise. A busy machine may need a little longer to show it. */
    private static final Duration A_MINUTE = Duration.ofSeconds(60);

    private static final Duration END = Duration.ofMinutes(4);

    /** What an operator who supervises processes sees of one that gave up. */
    private static final int GAVE_UP = 75;

    @TempDir
    static Path folder;

    private static Installation installation;
    private static Campaign campaign;

    @BeforeAll
    static void start() {
        installation = Installation.start(Shape.SERVICES, folder, 1);
        campaign = new Campaign(installation, new Random(1), System.out::println);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    /** One installation bears all of it; who was ended by a test that failed is started for the next. */
    @AfterEach
    void revive() {
        for (Post post : installation.posts()) {
            if (!post.program().handle().isAlive()) {
                post.start();
                post.awaitReady();
            }
        }
    }

    @Test
    void every_queue_that_is_deleted_is_consumed_again_within_a_minute() throws Exception {
        for (String queue : new String[] {"millrace.outcomes", "millrace.tasks.bulk", "millrace.tasks.fast"}) {
            inChannel(channel -> channel.queueDelete(queue));
            BrokerFaults.requireConsumers(campaign, A_MINUTE);
        }
        assertThat(isMade()).isTrue();
        assertThat(api().isUp("live")).isTrue();
    }

    @Test
    void a_queue_that_has_lost_its_leader_is_made_anew_within_a_minute() {
        installation.workers().getFirst().stop();
        String video = api().upload(Clips.h264(folder, "leaderless", 2));
        Hold.require("it waits in the queue", END, () -> offered() == 1);
        loseLeader("millrace.tasks.fast");
        loseLeader("millrace.outcomes");
        // The state after a power failure just when the queues had been declared: nobody is answered, or refused.
        installation.broker().kill();
        installation.broker().start();
        installation.workers().getFirst().start();
        requireNoticed("millrace.outcomes");
        requireNoticed("millrace.tasks.fast");
        BrokerFaults.requireConsumers(campaign, A_MINUTE);
        assertThat(api().awaitEnd(video, END).get("state").asText()).isEqualTo("READY");
        for (Post post : installation.posts()) {
            assertThat(post.program().log()).as("healed before it gave up").doesNotContain(" ends: ");
        }
    }

    @Test
    void who_knew_a_queue_whose_leader_died_and_is_not_told_of_the_new_one_ends_within_a_minute() {
        Post api = installation.apis().getFirst();
        Post worker = installation.workers().getFirst();
        // Only a channel that has sent to the queue can be forgotten by it.
        assertThat(isMade()).isTrue();
        loseLeader("millrace.tasks.bulk");
        requireNoticed("millrace.tasks.bulk");
        String video = api().upload(Clips.h264(folder, "forgotten", 2));
        for (Post victim : new Post[] {worker, api}) {
            Hold.require("it ends", A_MINUTE, () -> !victim.program().handle().isAlive());
            assertThat(victim.program().exitCode()).isEqualTo(GAVE_UP);
        }
        api.start();
        worker.start();
        api.awaitReady();
        assertThat(api().awaitEnd(video, END).get("state").asText()).isEqualTo("READY");
    }

    @Test
    void a_channel_that_the_broker_closes_for_want_of_an_acknowledgement_is_made_anew_within_a_minute() {
        // A channel learns its limit when it is opened, and is looked at when it ticks, which is once a minute.
        eval("application:set_env(rabbit, consumer_timeout, 1000).");
        Post worker = installation.workers().getFirst();
        worker.stop();
        worker.start();
        worker.awaitReady();
        eval("application:set_env(rabbit, consumer_timeout, 1800000).");
        String video = api().upload(Clips.heavy(folder, "heavy", 20));
        Hold.require("the encode", END, worker::isAtWork);
        Hold.require("a channel is closed", END, () -> {
            eval("[P ! tick || P <- rabbit_channel:list()].");
            return installation.broker().log().contains("Timeout value used: 1000 ms");
        });

        BrokerFaults.requireConsumers(campaign, A_MINUTE);
        assertThat(api().awaitEnd(video, END).get("state").asText()).isEqualTo("READY");
        assertThat(isMade()).isTrue();
    }

    @Test
    void services_whose_consumers_cannot_be_made_anew_say_so_and_end_within_a_minute() throws Exception {
        Map<String, Post> victims = Map.of(
                "millrace.outcomes", installation.apis().getFirst(),
                "millrace.tasks.bulk", installation.workers().getFirst());
        // One that has never found its queues in order would wait for that instead.
        Hold.require(
                "the API has found the broker",
                END,
                () -> api().get("/q/metrics").body().contains("\nmillrace_broker_reachable 1.0\n"));
        try (Connection connection = connect();
                Channel thief = connection.createChannel()) {
            for (String queue : victims.keySet()) {
                thief.queueDelete(queue);
                thief.queueDeclare(queue, false, false, false, Map.of());
                // Nobody else may consume from it now, and nobody may declare it as it has to be.
                thief.basicConsume(queue, true, queue, false, true, Map.of(), new DefaultConsumer(thief));
            }
            long begun = System.nanoTime();
            for (Post victim : victims.values()) {
                Client health = victim.program().client();
                Hold.require("it says what is missing", A_MINUTE, () -> says(health, "gone since"));
            }
            for (Post victim : victims.values()) {
                Hold.require(
                        "it ends", A_MINUTE, () -> !victim.program().handle().isAlive());
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(A_MINUTE.plusSeconds(10));
                assertThat(victim.program().exitCode()).isEqualTo(GAVE_UP);
            }
            for (String queue : victims.keySet()) {
                thief.queueDelete(queue);
            }
        }
        for (Post victim : victims.values()) {
            victim.start();
            victim.awaitReady();
        }
        BrokerFaults.requireConsumers(campaign, A_MINUTE);
        assertThat(isMade()).isTrue();
    }

    @Test
    void the_queue_is_built_anew_from_the_ledger_when_the_broker_has_lost_its_data() {
        installation.workers().getFirst().stop();
        String video = api().upload(Clips.h264(folder, "waiting", 2));
        Hold.require("it waits in the queue", END, () -> offered() == 1);
        long before = takenBack();
        installation.broker().kill();
        installation.broker().wipe();
        installation.broker().start();
        Hold.require("it is offered again at once", A_MINUTE, () -> takenBack() == before + 1);
        installation.workers().getFirst().start();
        assertThat(api().awaitEnd(video, END).get("state").asText()).isEqualTo("READY");
    }

    private void eval(String expression) {
        installation.broker().control("eval", expression);
    }

    private static void requireNoticed(String queue) {
        Hold.require(
                "the API notices that " + queue + " has no leader",
                A_MINUTE,
                () -> installation.apis().getFirst().program().log().contains("lost the leader of the queue " + queue));
    }

    private static void loseLeader(String queue) {
        BrokerFaults.loseLeader(installation.broker(), queue);
    }

    private static long takenBack() {
        return installation
                .ledger()
                .count("select count(*) from history where detail = 'the broker has lost its data'");
    }

    private long offered() {
        return installation.ledger().count("select count(*) from task where state = 'OFFERED'");
    }

    private boolean isMade() {
        String video = api().upload(Clips.h264(folder, "after", 2));
        return api().awaitEnd(video, END).get("state").asText().equals("READY") && api().playThrough(video) > 0;
    }

    private static boolean says(Client health, String what) {
        try {
            return health.get("/q/health/live").body().contains(what);
        } catch (UncheckedIOException e) {
            // It has ended without having been asked in time: what follows will say so.
            return false;
        }
    }

    private Client api() {
        return installation.client();
    }

    private interface Talk {
        Object with(Channel channel) throws IOException;
    }

    private void inChannel(Talk talk) throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            talk.with(channel);
        }
    }

    private Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(installation.broker().port());
        return factory.newConnection("test");
    }
}
