package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.testing.PostgresServer;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Patient;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;

/** The API without the database that it keeps its ledger in. */
@Patient
class DatabaseAbsenceIT {

    private static final Duration END = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void a_replica_that_cannot_use_its_database_refuses_to_start_and_says_which_settings_to_mend() {
        String database = PostgresServer.shared().database("absence");
        String virtualHost = RabbitServer.shared().virtualHost("database-absence");
        try (Services services = new Services(folder, virtualHost)) {
            Program replica =
                    services.start(services.replica(database).env("QUARKUS_DATASOURCE_PASSWORD", "not the one"));
            Awaitility.await("it gives up")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !replica.handle().isAlive());
            assertThat(replica.exitCode()).isNotZero();
            assertThat(replica.log())
                    .contains("The database " + database + " cannot be used")
                    .contains("password authentication failed")
                    .contains("QUARKUS_DATASOURCE_PASSWORD")
                    .doesNotContain("not the one");
        }
    }

    @Test
    void a_database_that_crashes_and_comes_back_costs_some_waiting_and_no_video() throws IOException {
        String virtualHost = RabbitServer.shared().virtualHost("database-crash");
        try (PostgresServer postgres = PostgresServer.own();
                Services services = new Services(folder, virtualHost)) {
            Client api = services.start(services.replica(postgres.database("crash")))
                    .awaitHealth("ready")
                    .client();
            services.start(services.worker()).awaitHealth("ready");
            Path clip = Clips.numbered(folder, "numbered", 8, 640, 360);
            String before = api.upload(clip);
            Awaitility.await("the encode")
                    .atMost(END)
                    .until(() -> api.get("/api/v1/videos/" + before + "/attempts")
                            .body()
                            .contains("\"chunk"));

            postgres.crash();
            assertThat(api.isUp("live")).isTrue();
            assertThat(api.isUp("ready")).isFalse();
            assertThatThrownBy(() -> api.upload(clip)).hasMessageContaining("answered 5");
            postgres.start();

            Awaitility.await("the API is ready again").atMost(END).until(() -> api.isUp("ready"));
            String after = api.upload(clip);
            for (String id : List.of(before, after)) {
                JsonNode video = api.awaitEnd(id, END);
                assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
                assertThat(api.playThrough(id)).isGreaterThan(3);
            }
            assertThat(api.json("/api/v1/videos").get("total").asInt()).isEqualTo(2);
        }
    }
}
