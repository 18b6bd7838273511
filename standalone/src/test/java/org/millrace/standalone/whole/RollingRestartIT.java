package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;
import org.millrace.standalone.testbed.TusUpload;

/** Every program is replaced by a new one while it works, as an upgrade does. */
class RollingRestartIT {

    private static final Duration END = Duration.ofMinutes(4);

    private final List<ProcessHandle> children = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void workers_and_api_are_replaced_one_by_one_under_load_and_nothing_is_lost() throws Exception {
        try (Services services = new Services(folder, RabbitServer.shared().virtualHost("rolling"))) {
            Program api = services.start(services.api());
            List<Program> workers = new ArrayList<>(List.of(worker(services), worker(services)));
            Client client = api.awaitHealth("ready").client();
            workers.forEach(worker -> worker.awaitHealth("ready"));
            List<String> ids = new ArrayList<>();
            Path film = Clips.numbered(folder, "film", 6, 640, 360);
            Path extract = Clips.webm(folder, "short", 2);
            for (int i = 0; i < 4; i++) {
                ids.add(client.upload(film));
                ids.add(client.upload(extract));
            }

            for (int i = 0; i < workers.size(); i++) {
                stopAtWork(workers.get(i), client, ids);
                workers.set(i, worker(services).awaitHealth("ready"));
            }

            byte[] late = Files.readAllBytes(film);
            TusUpload upload = TusUpload.announce(api.address(), late);
            Socket line = upload.sendAndHold(api.address(), 0, late.length / 2);
            Program old = api;
            Awaitility.await("half of it is safe").atMost(END).until(() -> upload.offset(old.address()) > 0);
            long safe = upload.offset(api.address());
            stop(api);
            line.close();
            Program again =
                    services.start(services.api().at(api.address().getPort())).awaitHealth("ready");
            assertThat(upload.offset(again.address())).isGreaterThanOrEqualTo(safe);
            ids.add(upload.finish(again.address(), (int) upload.offset(again.address())));

            assertThat(ids).allSatisfy(id -> {
                JsonNode video = client.awaitEnd(id, END);
                assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
                assertThat(client.playThrough(id)).isPositive();
            });
            List<String> ends = ids.stream()
                    .flatMap(id -> attempts(client, id))
                    .map(attempt -> attempt.get("state").asText())
                    .toList();
            assertThat(ends).contains("SUCCEEDED", "HANDED_BACK").doesNotContain("FAILED", "LOST", "RUNNING");
            assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
    }

    /** A worker that hands back what it is doing as soon as it is asked to end. */
    private static Program worker(Services services) {
        return services.start(services.worker().with("millrace.worker.slots", 1).with("millrace.worker.grace", "PT0S"));
    }

    private void stopAtWork(Program worker, Client client, List<String> ids) {
        Awaitility.await("it is at work")
                .atMost(END)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> worker.handle().descendants().findAny().isPresent()
                        && ids.stream()
                                .flatMap(id -> attempts(client, id))
                                .filter(attempt -> attempt.get("state").asText().equals("RUNNING"))
                                .anyMatch(attempt -> worker.log()
                                        .contains(attempt.get("attempt").asText())));
        stop(worker);
    }

    private void stop(Program program) {
        children.addAll(program.handle().descendants().toList());
        program.close();
        assertThat(program.log()).doesNotContain(" ERROR ");
    }

    private static Stream<JsonNode> attempts(Client client, String id) {
        return StreamSupport.stream(
                client.json("/api/v1/videos/" + id + "/attempts").spliterator(), false);
    }
}
