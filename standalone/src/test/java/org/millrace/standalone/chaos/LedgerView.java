package org.millrace.standalone.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.millrace.model.testing.PostgresServer;

/** The installation's ledger as somebody sees it who reads the database: the suite does not believe what the API says. */
public final class LedgerView {

    private static final Pattern INIT = Pattern.compile("\"init\":\"([^\"]+)\"");

    private final String url;

    /** By the address of the database, of either kind. */
    LedgerView(String url) {
        this.url = url;
    }

    /** The number that a query finds; 0 if it finds none. */
    long count(String query, Object... parameters) {
        return ask(query, result -> result.next() ? result.getLong(1) : 0L, parameters);
    }

    /** The first column of what a query finds. */
    List<String> texts(String query, Object... parameters) {
        return ask(
                query,
                result -> {
                    List<String> found = new ArrayList<>();
                    while (result.next()) {
                        found.add(result.getString(1));
                    }
                    return found;
                },
                parameters);
    }

    /** How many videos are not finished. */
    long unfinishedVideos() {
        return count("select count(*) from video where state = 'PROCESSING'");
    }

    /** How many tasks wait or run, and attempts that hold a lease. */
    long unfinishedWork() {
        return count("select count(*) from task where state not in ('DONE', 'FAILED', 'CANCELLED')")
                + count("select count(*) from attempt where state = 'RUNNING'");
    }

    /** Attempts that hold a lease. */
    List<String> runningAttempts() {
        return texts("select id from attempt where state = 'RUNNING'");
    }

    /** How an attempt stands; empty if it is unknown. */
    String attempt(String id) {
        return texts("select state from attempt where id = ?", id).stream()
                .findFirst()
                .orElse("");
    }

    /** Every object that the ledger knows to be kept: sources, sets, and the inits that growing playlists have named. */
    Set<String> keptObjects() {
        Set<String> kept = new TreeSet<>(texts("select object_key from published"));
        texts("select track from published where track is not null")
                .forEach(track -> INIT.matcher(track).results().forEach(init -> kept.add(init.group(1))));
        kept.addAll(texts("select source_key from video"));
        return kept;
    }

    /** How often a broker has given one offer to a second worker. */
    long redeliveries() {
        return count("select coalesce(sum(n - 1), 0) from"
                + " (select count(*) n from attempt group by task_id, offer having count(*) > 1) twice");
    }

    /** How many tasks have succeeded more than once, or are published more than once. */
    long doubles() {
        return count("select count(*) from (select task_id from attempt where state = 'SUCCEEDED'"
                        + " group by task_id having count(*) > 1) twice")
                + count("select count(*) from (select object_key from published"
                        + " group by object_key having count(*) > 1) twice");
    }

    private interface Reader<T> {
        T read(ResultSet result) throws SQLException;
    }

    private <T> T ask(String query, Reader<T> reader, Object... parameters) {
        Properties account = new Properties();
        if (url.startsWith("jdbc:postgresql")) {
            account.setProperty("user", PostgresServer.ACCOUNT);
            account.setProperty("password", PostgresServer.ACCOUNT);
        } else {
            account.setProperty("busy_timeout", "30000");
        }
        try (Connection connection = DriverManager.getConnection(url, account);
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return reader.read(result);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
