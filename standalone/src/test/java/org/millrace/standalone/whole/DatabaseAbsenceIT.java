package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.testing.PostgresServer;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;

/** A replica without a database to keep its ledger in. */
class DatabaseAbsenceIT {

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
}
