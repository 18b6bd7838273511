package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Patient;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;

/** A backlog that is far longer than the window: the queue stays small and nothing is published twice. */
@Patient
class WindowIT {

    private static final int BACKLOG = 2_000;
    private static final int WINDOW = 16;
    private static final Duration WATCH = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void of_two_thousand_waiting_tasks_no_more_are_published_than_started_and_a_window() throws Exception {
        String virtualHost = RabbitServer.shared().virtualHost("window");
        try (Services services = new Services(folder, virtualHost)) {
            // Nobody else begins so many uploads in a minute.
            Program api = services.start(services.api()
                            .with("millrace.dispatch.lease", LEASE.toSeconds() + "s")
                            .with("millrace.limits.uploads", 0))
                    .awaitHealth("ready");
            Path clip = Files.write(folder.resolve("clip.mp4"), new byte[] {1, 2, 3});
            Client client = api.client();
            for (int i = 0; i < BACKLOG; i++) {
                client.upload(clip);
            }
            Program worker = services.start(services.worker()
                            .with("millrace.worker.slots", 1)
                            .with("millrace.worker.fast-slots", 1)
                            .with("millrace.ffmpeg.ffprobe", slowProbe()))
                    .awaitHealth("ready");
            Instant end = Instant.now().plus(WATCH);
            Awaitility.await("six leases of work")
                    .atMost(WATCH.plusSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        assertThat(count("select count(*) from task where state in ('RESERVED', 'OFFERED')"))
                                .isLessThanOrEqualTo(WINDOW);
                        return Instant.now().isAfter(end);
                    });
            long started = count("select count(*) from attempt");
            long published = count("select sum(offers) from task");
            long retries = count("select count(*) from history where what in ('failed', 'handed back', 'taken back')");
            // Two seconds a task and one at a time: more would mean that the slow stand-in was not what ran.
            assertThat(started).isBetween(6L, WATCH.toSeconds() / 2 + 10);
            assertThat(count("select count(*) from task where state = 'WAITING'"))
                    .isGreaterThan(BACKLOG / 2);
            assertThat(published).isLessThanOrEqualTo(started + WINDOW + retries);
            assertThat(count("select count(*) from task t where t.offers > 1 + (select count(*) from history h"
                            + " where h.task_id = t.id and h.what in ('failed', 'handed back', 'taken back'))"))
                    .isZero();
            worker.kill();
        }
    }

    /** Stands in for ffprobe: takes two seconds and finds nothing. Asked for its version it is the real one. */
    private String slowProbe() throws Exception {
        Path script = Files.writeString(folder.resolve("ffprobe"), """
                #!/bin/sh
                case "$*" in *-version*) exec ffprobe "$@" ;; esac
                sleep 2
                exit 1
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private long count(String query) throws Exception {
        Path database = folder.resolve("home").resolve("millrace.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database + "?busy_timeout=10000");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }
}
