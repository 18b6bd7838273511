package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.testing.PostgresServer;

/** The migrations of all databases lead to the same tables, whatever words each has for them. */
class MigrationsTest {

    @TempDir
    Path folder;

    @Test
    void every_database_ends_with_the_same_columns_keys_and_indexes() throws SQLException {
        Set<String> sqlite = schema("jdbc:sqlite:" + folder.resolve("ledger.db"), "db/sqlite");
        Set<String> postgres = schema(PostgresServer.shared().database("migrations"), "db/postgresql");
        assertThat(postgres).containsExactlyElementsOf(sqlite).hasSizeGreaterThan(100);
    }

    @Test
    void a_column_that_only_one_database_has_is_seen() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("other.db");
        Set<String> before = schema(url, "db/sqlite");
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("alter table duty add column since integer");
        }
        assertThat(schema(url, "db/sqlite"))
                .containsAll(before)
                .contains("duty.since number null default null")
                .hasSize(before.size() + 1);
    }

    private static Set<String> schema(String url, String migrations) throws SQLException {
        Flyway.configure()
                .dataSource(url, PostgresServer.ACCOUNT, PostgresServer.ACCOUNT)
                .locations(migrations)
                .load()
                .migrate();
        Set<String> schema = new TreeSet<>();
        try (Connection connection = connect(url)) {
            String place = connection.getSchema();
            ResultSet tables = connection.getMetaData().getTables(null, place, "%", new String[] {"TABLE"});
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                if (!table.startsWith("flyway") && !table.startsWith("sqlite")) {
                    Set<String> key = keys(connection, place, table, schema);
                    columns(connection, place, table, key, schema);
                    indexes(connection, place, table, key, schema);
                }
            }
        }
        return schema;
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, PostgresServer.ACCOUNT, PostgresServer.ACCOUNT);
    }

    private static void columns(Connection connection, String place, String table, Set<String> key, Set<String> schema)
            throws SQLException {
        ResultSet columns = connection.getMetaData().getColumns(null, place, table, "%");
        while (columns.next()) {
            String name = columns.getString("COLUMN_NAME");
            // SQLite says of no key that it must not be null.
            boolean needed = columns.getInt("NULLABLE") == 0 || key.contains(name);
            schema.add("%s.%s %s %s default %s"
                    .formatted(
                            table,
                            name,
                            kind(columns.getString("TYPE_NAME")),
                            needed ? "not null" : "null",
                            // Numbers of its own accord: each database has its way.
                            table.equals("history") && name.equals("id")
                                    ? "own"
                                    : value(columns.getString("COLUMN_DEF"))));
        }
    }

    /** Answers the columns of the primary key. */
    private static Set<String> keys(Connection connection, String place, String table, Set<String> schema)
            throws SQLException {
        Set<String> key = new TreeSet<>();
        ResultSet own = connection.getMetaData().getPrimaryKeys(null, place, table);
        while (own.next()) {
            key.add(own.getString("COLUMN_NAME"));
            schema.add("key %s %d %s".formatted(table, own.getInt("KEY_SEQ"), own.getString("COLUMN_NAME")));
        }
        ResultSet others = connection.getMetaData().getImportedKeys(null, place, table);
        while (others.next()) {
            schema.add("%s.%s refers to %s.%s, delete rule %d"
                    .formatted(
                            table,
                            others.getString("FKCOLUMN_NAME"),
                            others.getString("PKTABLE_NAME"),
                            others.getString("PKCOLUMN_NAME"),
                            others.getInt("DELETE_RULE")));
        }
        return key;
    }

    /** Without those that keys bring along; what is unique otherwise, each database names as it likes. */
    private static void indexes(Connection connection, String place, String table, Set<String> key, Set<String> schema)
            throws SQLException {
        ResultSet indexes = connection.getMetaData().getIndexInfo(null, place, table, false, true);
        while (indexes.next()) {
            boolean only = !indexes.getBoolean("NON_UNIQUE");
            String name = only ? "unique" : indexes.getString("INDEX_NAME");
            String column = indexes.getString("COLUMN_NAME");
            if (!only || !key.contains(column)) {
                schema.add("index %s on %s: %d %s".formatted(name, table, indexes.getInt("ORDINAL_POSITION"), column));
            }
        }
    }

    private static String kind(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "integer", "int2", "int4", "int8", "bool", "bigserial" -> "number";
            case "real", "float8" -> "fraction";
            case "text" -> "text";
            default -> throw new AssertionError("Not a type of the ledger: " + type);
        };
    }

    private static String value(String written) {
        if (written == null) {
            return "null";
        }
        return switch (written.replace("::text", "")) {
            case "false" -> "0";
            case "true" -> "1";
            case String other -> other;
        };
    }
}
