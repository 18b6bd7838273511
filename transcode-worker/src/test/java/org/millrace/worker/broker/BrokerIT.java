package org.millrace.worker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.model.wire.WireFormat;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;

@QuarkusTest
@TestProfile(OnBroker.class)
class BrokerIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final List<Outcome> SEEN = new ArrayList<>();

    @Inject
    MediaStore store;

    @TestHTTPResource("/q/health/")
    URI health;

    @Test
    void offers_of_both_lanes_are_done_reported_and_taken_from_their_queue() throws Exception {
        awaitReady();
        TaskOffer fast = offer(Lane.FAST);
        TaskOffer bulk = offer(Lane.BULK);

        publish("fast", json(fast));
        publish("bulk", json(bulk));

        assertThat(lastOutcome(fast.task())).isInstanceOf(Outcome.AttemptSucceeded.class);
        assertThat(lastOutcome(bulk.task())).isInstanceOf(Outcome.AttemptSucceeded.class);
        await().atMost(SOON).until(() -> messages("millrace.tasks.fast") + messages("millrace.tasks.bulk") == 0);
    }

    @Test
    void what_is_not_a_task_is_dead_lettered_and_holds_nobody_up() throws Exception {
        awaitReady();
        int dead = messages("millrace.dead-letters");

        for (String poison : List.of("{\"task\":", "[1,2]", "{\"task\":\"no identifier\"}", "42", "plain text")) {
            publish("bulk", poison.getBytes(StandardCharsets.UTF_8));
        }
        TaskOffer offer = offer(Lane.BULK);
        publish("bulk", json(offer));

        assertThat(lastOutcome(offer.task())).isInstanceOf(Outcome.AttemptSucceeded.class);
        await().atMost(SOON).until(() -> messages("millrace.dead-letters") == dead + 5);
    }

    @Test
    void a_worker_without_a_broker_lives_on_and_takes_tasks_when_it_is_back() throws Exception {
        awaitReady();

        RabbitServer.current().stopServer();

        await().atMost(SOON).until(() -> status("ready") == 503);
        assertThat(status("live")).isEqualTo(200);
        RabbitServer.current().startServer();
        awaitReady();
        TaskOffer offer = offer(Lane.BULK);
        publish("bulk", json(offer));
        assertThat(lastOutcome(offer.task())).isInstanceOf(Outcome.AttemptSucceeded.class);
    }

    @Test
    void a_consumer_whose_queue_was_deleted_is_made_anew() throws Exception {
        awaitReady();
        try (Connection connection = RabbitServer.current().connect();
                Channel channel = connection.createChannel()) {
            channel.queueDelete("millrace.tasks.bulk");
        }

        await().atMost(SOON).until(() -> consumers("millrace.tasks.bulk") == 2);
        TaskOffer offer = offer(Lane.BULK);
        publish("bulk", json(offer));
        assertThat(lastOutcome(offer.task())).isInstanceOf(Outcome.AttemptSucceeded.class);
        assertThat(status("live")).isEqualTo(200);
    }

    private TaskOffer offer(Lane lane) {
        VideoId video = VideoId.random();
        ObjectKey source = MediaLayout.source(video);
        store.put(source, Clips.silent("plain-silent.mp4", 1, 30));
        Task task = new Task.Analyse(source, Task.Analyse.Scope.HEADER);
        return new TaskOffer(TaskId.random(), video, 1, lane, Strategy.PLAIN, 1, null, task, null);
    }

    private static byte[] json(TaskOffer offer) {
        return WireFormat.write(offer).getBytes(StandardCharsets.UTF_8);
    }

    private static void publish(String lane, byte[] body) throws IOException, TimeoutException {
        try (Connection connection = RabbitServer.current().connect();
                Channel channel = connection.createChannel()) {
            AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                    .contentType("application/json")
                    .deliveryMode(2)
                    .build();
            channel.basicPublish("millrace.tasks", lane, properties, body);
        }
    }

    /** Takes outcomes from their queue until the one that ends the task; it must be persistent. */
    private static Outcome lastOutcome(TaskId task) throws IOException, TimeoutException {
        try (Connection connection = RabbitServer.current().connect();
                Channel channel = connection.createChannel()) {
            await().atMost(SOON).until(() -> {
                for (GetResponse next = channel.basicGet("millrace.outcomes", true);
                        next != null;
                        next = channel.basicGet("millrace.outcomes", true)) {
                    assertThat(next.getProps().getDeliveryMode()).isEqualTo(2);
                    SEEN.add(WireFormat.read(new String(next.getBody(), StandardCharsets.UTF_8), Outcome.class));
                }
                return SEEN.stream()
                        .anyMatch(
                                outcome -> outcome.task().equals(task) && !(outcome instanceof Outcome.AttemptStarted));
            });
        }
        return SEEN.stream()
                .filter(outcome -> outcome.task().equals(task))
                .toList()
                .getLast();
    }

    private static int messages(String queue) throws IOException, TimeoutException {
        try (Connection connection = RabbitServer.current().connect();
                Channel channel = connection.createChannel()) {
            return channel.queueDeclarePassive(queue).getMessageCount();
        }
    }

    private static int consumers(String queue) throws TimeoutException {
        try (Connection connection = RabbitServer.current().connect();
                Channel channel = connection.createChannel()) {
            return channel.queueDeclarePassive(queue).getConsumerCount();
        } catch (IOException gone) {
            return 0;
        }
    }

    private void awaitReady() {
        await().atMost(SOON).until(() -> status("ready") == 200);
    }

    private int status(String what) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(health.resolve(what)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
