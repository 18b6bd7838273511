package org.millrace.api.backup;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;

/** The ledger as a file: one that a service writes to meanwhile, or a copy. */
final class LedgerFile implements AutoCloseable {

    /** How long to wait for those who write, in milliseconds. */
    private static final String PATIENCE = "60000";

    private final Connection connection;

    private LedgerFile(Connection connection) {
        this.connection = connection;
    }

    /**
     * A video of the ledger.
     *
     * @param id its identifier
     * @param title what people call it
     * @param unfinished whether it is being made
     * @param source the uploaded bytes; null if they were deleted
     * @param sourceBytes how many they are
     */
    record Video(VideoId id, String title, boolean unfinished, ObjectKey source, long sourceBytes) {

        /** How it is called where people read; without what would steer a terminal: titles come from strangers. */
        String name() {
            return title.replaceAll("\\p{Cntrl}", " ") + " (" + id + ")";
        }
    }

    /**
     * A published object.
     *
     * @param video whose
     * @param key where it is
     * @param sizeBytes its length
     * @param sha256 of its bytes; null as long as the manifest has not been written
     */
    record Published(VideoId video, ObjectKey key, long sizeBytes, String sha256) {}

    /** Opens one that exists. */
    static LedgerFile open(Path file) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("busy_timeout", PATIENCE);
        return new LedgerFile(DriverManager.getConnection("jdbc:sqlite:" + file, settings));
    }

    /**
     * Writes all of it, as it is at one moment, into a new file. Those who read and write meanwhile wait for nothing: the
     * log of changes (WAL) keeps what this still reads.
     */
    void copyTo(Path file) throws SQLException {
        try (PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
            copy.setString(1, file.toString());
            copy.execute();
        }
    }

    /** Forgets uploads that are not a video yet and answers how many there were. */
    int forgetUploads() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("delete from upload where done = 0");
        }
    }

    /** Version of its tables. */
    int schema() throws SQLException {
        return all(
                        "select max(cast(version as integer)) from flyway_schema_history where success",
                        row -> row.getInt(1))
                .getFirst();
    }

    List<Video> videos() throws SQLException {
        return all(
                "select id, title, state, case when source_dropped_at is null then source_key end, source_bytes"
                        + " from video order by created_at, id",
                row -> new Video(
                        new VideoId(row.getString(1)),
                        row.getString(2),
                        row.getString(3).equals("PROCESSING"),
                        row.getString(4) == null ? null : new ObjectKey(row.getString(4)),
                        row.getLong(5)));
    }

    List<Published> published() throws SQLException {
        return all(
                "select video_id, object_key, size_bytes, sha256 from published order by video_id, object_key",
                row -> new Published(
                        new VideoId(row.getString(1)),
                        new ObjectKey(row.getString(2)),
                        row.getLong(3),
                        row.getString(4)));
    }

    /** What is to be deleted, now or later: nobody needs it in a copy. */
    Set<ObjectKey> garbage() throws SQLException {
        return Set.copyOf(all("select distinct object_key from garbage", row -> new ObjectKey(row.getString(1))));
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> all(String query, Reader<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
