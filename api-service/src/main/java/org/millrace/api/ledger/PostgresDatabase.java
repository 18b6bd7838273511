package org.millrace.api.ledger;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.millrace.model.setting.SettingException;

/**
 * A server that several processes share. One of them writes at a time: everything the ledger decides rests on what it
 * has just read, and by an advisory lock two replicas decide as two threads of one process do. Each statement after the
 * lock sees what the writers before have committed, because transactions are {@code READ COMMITTED}.
 */
@ApplicationScoped
@IfBuildProperty(name = "quarkus.datasource.db-kind", stringValue = "postgresql")
class PostgresDatabase implements Database {

    private static final int OLDEST = 13;

    private static final String SETTING = "quarkus.datasource.jdbc.url (QUARKUS_DATASOURCE_JDBC_URL)";

    /** "millrace" as a number: locks of other programs in the same database have other numbers. */
    private static final long TURN = 0x6d696c6c72616365L;

    /**
     * Set for this transaction only, so that they hold behind a pooler too. A writer that has lost its connection, or
     * whose machine has stopped in mid-transaction, must not keep all others waiting.
     */
    private static final String AWAIT = "select set_config('lock_timeout', '20s', true),"
            + " set_config('idle_in_transaction_session_timeout', '15s', true), pg_advisory_xact_lock(?)";

    private final Config config;

    PostgresDatabase(Config config) {
        this.config = config;
    }

    /** Where it is. */
    @ConfigMapping(prefix = "quarkus.datasource.jdbc.url")
    interface Config {

        /** Its address, without an account. */
        @WithParentName
        String url();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void check(DataSource connections) {
        try (Connection connection = connections.getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new SettingException("PostgreSQL " + version + " at " + address() + " is too old: it has to be "
                        + OLDEST + " or newer. Setting: " + SETTING);
            }
        } catch (SQLException e) {
            throw new SettingException(
                    "The database " + address() + " cannot be used (" + e.getMessage() + "). Settings: " + SETTING
                            + ", QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD",
                    e);
        }
    }

    /** Without parameters, of which one may be a password. */
    private String address() {
        return config.url().replaceFirst("\\?.*", "");
    }

    @Override
    public void awaitTurn() {
        VideoRow.getEntityManager().unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(AWAIT)) {
                statement.setLong(1, TURN);
                statement.execute();
            }
        });
    }
}
