package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Patient;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;

/** What the services do while the broker is not there. */
@Patient
class BrokerAbsenceIT {

    private static final Duration END = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void services_start_before_the_broker_work_when_it_comes_and_survive_its_restart() {
        RabbitServer broker = RabbitServer.shared();
        String virtualHost = broker.virtualHost("absence");
        broker.stop();
        try (Services services = new Services(folder, virtualHost)) {
            Program api = services.start(services.api()).awaitHealth("ready");
            Program worker = services.start(services.worker()).awaitHealth("live");
            Client client = api.client();
            assertThat(worker.client().isUp("ready")).isFalse();
            assertThat(client.get("/q/health/ready").body()).contains("\"broker\": \"away\"");
            assertThat(client.get("/").body()).contains("broker is away");
            assertThat(client.metric("millrace_broker_reachable")).isZero();
            String early = client.upload(Clips.h264(folder, "early", 2));
            assertThat(client.video(early).get("state").asText()).isEqualTo("PROCESSING");

            broker.start();
            worker.awaitHealth("ready");
            assertThat(client.awaitEnd(early, END).get("state").asText()).isEqualTo("READY");

            broker.stop();
            Awaitility.await("the API notices")
                    .atMost(END)
                    .until(() -> client.metric("millrace_broker_reachable") == 0);
            String during = client.upload(Clips.h264(folder, "during", 2));
            assertThat(client.playThrough(early)).isPositive();
            broker.start();
            assertThat(client.awaitEnd(during, END).get("state").asText()).isEqualTo("READY");
        } finally {
            if (!broker.isRunning()) {
                broker.start();
            }
        }
    }
}
