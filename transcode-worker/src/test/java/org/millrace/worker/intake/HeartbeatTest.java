package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.millrace.model.message.Channels;
import org.millrace.model.message.Signal;

@QuarkusTest
class HeartbeatTest {

    @Inject
    @Any
    InMemoryConnector channels;

    @Inject
    Slots slots;

    @Test
    void from_the_first_heartbeat_on_it_says_how_many_tasks_it_can_run() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !heartbeats().isEmpty());
        assertThat(heartbeats()).extracting(Signal.WorkerAlive::slots).containsOnly(slots.bulk());
    }

    private List<Signal.WorkerAlive> heartbeats() {
        return channels.<Signal>sink(Channels.PROGRESS).received().stream()
                .map(Message::getPayload)
                .filter(Signal.WorkerAlive.class::isInstance)
                .map(Signal.WorkerAlive.class::cast)
                .toList();
    }
}
