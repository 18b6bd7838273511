package org.millrace.api.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.LocalMediaStore;

/** An installation as a service leaves it: a ledger with the real tables, and a media folder. */
record Library(Installation installation) {

    /** One without videos. */
    static Library in(Path home) throws IOException {
        Files.createDirectories(home);
        Library library = of(home);
        Flyway.configure()
                .dataSource(library.url(), null, null)
                .locations("db/sqlite")
                .load()
                .migrate();
        library.store();
        return library;
    }

    /** The place of one. */
    static Library of(Path home) {
        return new Library(new Installation(home, home.resolve("millrace.db"), home.resolve("media")));
    }

    /** The identifier of a video that a test calls by a short name: they all have 26 characters. */
    static String id(String name) {
        return name + "a".repeat(26 - name.length());
    }

    /** Adds a video that is finished: its source and one rendition, whose texts may be whatever the test likes. */
    void add(String name, String source, String rendition) throws SQLException {
        sql("insert into video (id, owner, title, description, file_name, state, source_key, source_bytes, partial,"
                + " remarks, building_set, published_set, progress, created_at, updated_at, version) values ('"
                + id(name)
                + "', 'o', 'Video " + name + "', '', 'a.mp4', 'READY', '" + source(name) + "', " + source.length()
                + ", 0, '[]', 1, 1, 1, 0, 0, 0)");
        sql("insert into published (video_id, set_number, name, kind, object_key, size_bytes, width, height, sha256)"
                + " values ('" + id(name) + "', 1, '720p', 'VIDEO', '" + rendition(name) + "', " + rendition.length()
                + ", 1280, 720, '" + put(rendition(name), rendition) + "')");
        put(source(name), source);
    }

    /** Deletes a video as a service does, its objects included. */
    void delete(String name) {
        try {
            sql("delete from published where video_id = '" + id(name) + "'");
            sql("delete from video where id = '" + id(name) + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        store().deletePrefix(new ObjectKey("v/" + id(name)));
    }

    static String source(String name) {
        return "v/" + id(name) + "/source/original";
    }

    static String rendition(String name) {
        return "v/" + id(name) + "/set/1/attempt/720p.mp4";
    }

    /** Stores an object and answers its hash. */
    String put(String key, String text) {
        return store().put(new ObjectKey(key), text.getBytes(StandardCharsets.UTF_8))
                .sha256()
                .orElseThrow();
    }

    /** Every object and its text. */
    Map<String, String> objects() throws IOException {
        Path root = installation.media();
        Map<String, String> objects = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root.resolve("v"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                objects.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return objects;
    }

    void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    int count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement sql = connection.createStatement()) {
            return sql.executeQuery("select count(*) from " + table).getInt(1);
        }
    }

    /** Backs up and answers what the backup holds. */
    BackupJson backUp(Path folder) throws IOException, SQLException {
        return new Backup(installation, new PrintStream(OutputStream.nullOutputStream())).into(folder);
    }

    /** Restores a backup here. */
    BackupJson restore(Path folder) throws IOException {
        return new Restore(installation, false, new PrintStream(OutputStream.nullOutputStream())).from(folder);
    }

    private LocalMediaStore store() {
        return new LocalMediaStore(installation.media(), Clock.systemUTC());
    }

    private String url() {
        return "jdbc:sqlite:" + installation.database() + "?foreign_keys=on&journal_mode=WAL";
    }
}
