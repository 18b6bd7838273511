package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;

/** The API and two workers on a real broker. */
class TwoWorkersIT {

    private static final Duration END = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    private static Services services;
    private static Client api;
    private static Program first;
    private static Program second;

    @BeforeAll
    static void start() {
        services = new Services(folder, RabbitServer.shared().virtualHost("two-workers"));
        Program program = services.start(services.api());
        first = services.start(services.worker().with("millrace.worker.slots", 1));
        second = services.start(services.worker().with("millrace.worker.slots", 1));
        api = program.awaitHealth("ready").client();
        first.awaitHealth("ready");
        second.awaitHealth("ready");
        Awaitility.await("both workers").atMost(END).until(() -> api.metric("millrace_workers") == 2);
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @Test
    void ten_files_are_shared_by_both_workers_and_all_of_them_play() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Path clip = i % 2 == 0 ? Clips.h264(folder, "clip" + i, 3) : Clips.webm(folder, "clip" + i, 3);
            ids.add(api.upload(clip));
        }
        for (String id : ids) {
            JsonNode video = api.awaitEnd(id, END);
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
            assertThat(api.playThrough(id)).isGreaterThan(1);
        }
        Set<String> workers = ids.stream()
                .flatMap(id -> attempts(id).stream())
                .map(attempt -> attempt.get("worker").asText())
                .collect(Collectors.toSet());
        assertThat(workers).hasSize(2);
    }

    @Test
    void a_worker_that_is_killed_in_mid_encode_costs_one_attempt_and_the_job_is_done_exactly_once() {
        String id = api.upload(Clips.heavy(folder, "heavy", 20));
        JsonNode running = Awaitility.await("the encode")
                .atMost(END)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> attempts(id).stream()
                                .filter(it -> it.get("task").asText().startsWith("chunk"))
                                .filter(it -> it.get("state").asText().equals("RUNNING"))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
        String attempt = running.get("attempt").asText();
        Program victim = first.log().contains(attempt) ? first : second;
        assertThat(victim.log()).contains(attempt);
        List<ProcessHandle> encoders = victim.handle().descendants().toList();
        victim.kill();

        JsonNode video = api.awaitEnd(id, END);
        assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
        assertThat(video.get("partial").asBoolean()).isFalse();
        assertThat(api.playThrough(id)).isGreaterThan(9);
        Map<String, List<String>> ends = attempts(id).stream()
                .collect(Collectors.groupingBy(
                        it -> it.get("task").asText(),
                        Collectors.mapping(it -> it.get("state").asText(), Collectors.toList())));
        assertThat(ends)
                .hasEntrySatisfying(
                        running.get("task").asText(),
                        states -> assertThat(states).hasSizeGreaterThan(1));
        assertThat(ends).allSatisfy((task, states) -> assertThat(states).containsOnlyOnce("SUCCEEDED"));
        assertThat(encoders).noneMatch(ProcessHandle::isAlive);

        first = victim == first ? services.start(services.worker().with("millrace.worker.slots", 1)) : first;
        second = victim == second ? services.start(services.worker().with("millrace.worker.slots", 1)) : second;
        Awaitility.await("both workers again").atMost(END).until(() -> api.metric("millrace_workers") == 2);
    }

    private static List<JsonNode> attempts(String id) {
        JsonNode list = api.json("/api/v1/videos/" + id + "/attempts");
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
