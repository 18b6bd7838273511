package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.testing.PostgresServer;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.EventReader;
import org.millrace.standalone.testbed.Nginx;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;
import org.millrace.standalone.testbed.TusUpload;

/** Two replicas of the API on one PostgreSQL, behind nginx as it is shipped, with a worker. */
class TwoReplicasIT {

    private static final Duration END = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    private static Services services;
    private static String database;
    private static Program first;
    private static Program second;
    private static Nginx nginx;

    @BeforeAll
    static void start() {
        services = new Services(folder, RabbitServer.shared().virtualHost("two-replicas"));
        database = PostgresServer.shared().database("two_replicas");
        first = services.start(services.replica(database));
        second = services.start(services.replica(database));
        Program worker = services.start(services.worker().with("millrace.worker.slots", 1));
        first.awaitHealth("ready");
        second.awaitHealth("ready");
        worker.awaitHealth("ready");
        nginx = Nginx.before(folder, List.of(first.address(), second.address()));
        for (Program replica : List.of(first, second)) {
            Awaitility.await("the worker").atMost(END).until(() -> metric(replica, "millrace_workers") == 1);
        }
    }

    @AfterAll
    static void stop() {
        List<String> errors = Stream.of(first, second)
                .flatMap(replica -> replica.log().lines())
                .filter(line -> line.contains(" ERROR "))
                .toList();
        nginx.close();
        services.close();
        assertThat(errors).isEmpty();
    }

    @Test
    void an_upload_that_breaks_off_goes_on_at_the_other_replica_and_pages_of_both_see_it_made() throws Exception {
        byte[] clip = Files.readAllBytes(Clips.numbered(folder, "numbered", 8, 640, 360));
        TusUpload upload = TusUpload.announce(first.address(), clip);
        int half = clip.length / 2;
        Socket line = upload.sendAndHold(first.address(), 0, half);
        Awaitility.await("what has arrived is safe").atMost(END).until(() -> upload.offset(second.address()) == half);
        line.close();
        String id = upload.finish(second.address(), half);

        try (EventReader atFirst = new EventReader(first.address(), id);
                EventReader atSecond = new EventReader(second.address(), id);
                EventReader behind = new EventReader(nginx.address(), id)) {
            Awaitility.await("events come as they happen")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> behind.saw("PROCESSING"));
            JsonNode video = nginx.client().awaitEnd(id, END);
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
            for (EventReader page : List.of(atFirst, atSecond, behind)) {
                Awaitility.await("every page sees the end").atMost(END).until(() -> page.saw("READY"));
                assertThat(page.sawProgress()).as(page.events().toString()).isTrue();
            }
        }
        assertThat(nginx.client().playThrough(id)).isGreaterThan(3);
        assertThat(published(first) > 0).as("one of them dispatches").isNotEqualTo(published(second) > 0);
    }

    @Test
    void the_dispatching_replica_is_killed_in_mid_upload_and_the_other_takes_the_rest_and_dispatches()
            throws Exception {
        Client client = nginx.client();
        String before = client.upload(Clips.h264(folder, "before", 2));
        assertThat(client.awaitEnd(before, END).get("state").asText()).isEqualTo("READY");
        Program victim = published(first) > published(second) ? first : second;
        Program survivor = victim == first ? second : first;
        byte[] clip = Files.readAllBytes(Clips.h264(folder, "during", 3));
        int part = clip.length / 3;

        TusUpload upload = throughNginxTo(victim, clip, part);
        double patches = patches(victim);
        Socket line = upload.sendAndHold(nginx.address(), part, 2 * part);
        Awaitility.await("the bytes are safe while their request goes on")
                .atMost(END)
                .until(() -> upload.offset(survivor.address()) == 2 * part);
        victim.kill();
        line.close();
        assertThat(patches).as("this upload goes to it").isPositive();
        assertThat(upload.offset(nginx.address())).isEqualTo(2 * part);
        String id = upload.finish(nginx.address(), 2 * part);

        double dispatchedBefore = published(survivor);
        JsonNode video = client.awaitEnd(id, END);
        assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
        assertThat(client.playThrough(id)).isGreaterThan(1);
        assertThat(client.playThrough(before)).isGreaterThan(1);
        assertThat(published(survivor)).isGreaterThan(dispatchedBefore);

        Program again =
                services.start(services.replica(database).at(victim.address().getPort()));
        first = victim == first ? again : first;
        second = victim == second ? again : second;
        again.awaitHealth("ready");
        assertThat(again.client().playThrough(id)).isGreaterThan(1);
    }

    /** An upload whose requests nginx gives to a certain replica. */
    private static TusUpload throughNginxTo(Program wanted, byte[] clip, int part) {
        return Awaitility.await("an upload that goes there")
                .atMost(END)
                .until(
                        () -> {
                            double before = patches(wanted);
                            TusUpload upload = TusUpload.announce(nginx.address(), clip);
                            assertThat(upload.send(nginx.address(), 0, part)).isEqualTo(part);
                            return patches(wanted) > before ? upload : null;
                        },
                        upload -> upload != null);
    }

    /** Requests with bytes of uploads that a replica has answered. */
    private static double patches(Program replica) {
        return replica.client()
                .get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
                .filter(line -> line.contains("method=\"PATCH\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static double published(Program replica) {
        return metric(replica, "millrace_tasks_published_total");
    }

    private static double metric(Program replica, String name) {
        return replica.client().metric(name);
    }
}
