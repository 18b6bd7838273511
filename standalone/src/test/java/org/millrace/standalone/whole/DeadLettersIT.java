package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;

/** Messages that nobody can read are shown to whoever runs the installation, who can do something about them. */
class DeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String VIRTUAL_HOST = "dead-letters";

    @TempDir
    Path folder;

    @Test
    void what_nobody_can_read_is_shown_and_read_again_or_thrown_away_with_one_click() throws Exception {
        RabbitServer broker = RabbitServer.shared();
        try (Services services = new Services(folder, broker.virtualHost(VIRTUAL_HOST))) {
            Program program = services.start(services.api()).awaitHealth("ready");
            Client api = program.client();
            services.start(services.worker()).awaitHealth("ready");
            publish(broker, "This is no task.");

            awaitLetters(api, 1);
            assertThat(api.get("/jobs").body()).contains("Messages nobody could read", "The broker keeps 1.");

            assertThat(api.call("POST", "/jobs/dead-letters/retry").statusCode())
                    .isEqualTo(303);
            assertThat(program.log()).contains("1 dead letters were put back to be read again");
            // It left this queue for that of the tasks, and comes back from there when it was refused once more.
            awaitLetters(api, 1);

            assertThat(api.call("POST", "/jobs/dead-letters/delete").statusCode())
                    .isEqualTo(303);
            assertThat(api.metric("millrace_dead_letters")).isZero();
            assertThat(api.get("/jobs").body()).doesNotContain("Messages nobody could read");
        }
    }

    private static void awaitLetters(Client api, int count) {
        Awaitility.await(count + " dead letters")
                .atMost(SOON)
                .until(() -> api.metric("millrace_dead_letters") == count);
    }

    private static void publish(RabbitServer broker, String text) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setVirtualHost(VIRTUAL_HOST);
        try (Connection connection = factory.newConnection("test");
                Channel channel = connection.createChannel()) {
            channel.basicPublish("millrace.tasks", "bulk", null, text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
