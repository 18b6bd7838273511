package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.millrace.api.testing.OnPostgres;

/** Processes that share a ledger. Another connection plays the other process. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class ReplicasTest {

    private static final Duration HOLD = Duration.ofMinutes(1);

    @Inject
    DataSource database;

    @Inject
    Transactions transactions;

    @Inject
    DutyLedger duties;

    @Test
    void a_change_waits_until_the_other_process_has_written_and_sees_what_it_wrote() throws Exception {
        duties.hold("waiting", "nobody", Duration.ZERO);
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            execute(other, "select pg_advisory_xact_lock(" + 0x6d696c6c72616365L + ")");
            CompletableFuture<String> holder = CompletableFuture.supplyAsync(
                    () -> transactions.write(() -> DutyRow.<DutyRow>findById("waiting").holder));
            Awaitility.await("the change waits").until(() -> count("wait_event = 'advisory'") == 1);
            execute(other, "update duty set holder = 'the other' where name = 'waiting'");
            other.commit();
            assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("the other");
        }
    }

    @Test
    void reading_waits_for_nobody() throws Exception {
        duties.hold("reading", "nobody", Duration.ZERO);
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            execute(other, "select pg_advisory_xact_lock(" + 0x6d696c6c72616365L + ")");
            execute(other, "update duty set holder = 'the other' where name = 'reading'");
            CompletableFuture<String> holder = CompletableFuture.supplyAsync(
                    () -> transactions.read(() -> DutyRow.<DutyRow>findById("reading").holder));
            assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("nobody");
            other.rollback();
        }
    }

    @Test
    void a_duty_is_held_by_one_process_until_it_gives_it_up_or_falls_silent() {
        assertThat(duties.hold("dispatching", "first", HOLD)).isTrue();
        assertThat(duties.hold("dispatching", "second", HOLD)).isFalse();
        duties.release("dispatching", "second");
        assertThat(duties.hold("dispatching", "second", HOLD)).isFalse();
        duties.release("dispatching", "first");
        assertThat(duties.hold("dispatching", "second", Duration.ofMillis(1))).isTrue();
        Awaitility.await("the second is silent").until(() -> duties.hold("dispatching", "first", HOLD));
    }

    private long count(String condition) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            var found = statement.executeQuery(
                    "select count(*) from pg_stat_activity where datname = current_database()" + " and " + condition);
            found.next();
            return found.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
