package org.millrace.standalone.chaos;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What is done to databases and disks. */
final class DataFaults {

    /** Longer than a writer waits for its turn. */
    private static final Duration LOCKED = Duration.ofSeconds(15);

    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final Duration FULL = Duration.ofSeconds(20);

    private DataFaults() {}

    /** Another process has the only right to write to SQLite and does not give it back. */
    static void lockDatabase(Campaign campaign, Random dice) {
        String url = "jdbc:sqlite:" + campaign.installation().home().resolve("millrace.db") + "?busy_timeout=60000";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            Hold.on(LOCKED);
            statement.execute("rollback");
        } catch (SQLException e) {
            throw new AssertionError("the database could not be locked", e);
        }
    }

    static void crashDatabase(Campaign campaign, Random dice) throws IOException {
        campaign.installation().postgres().crash();
        Hold.on(AWAY);
        campaign.installation().postgres().start();
        campaign.installation().apis().forEach(Post::awaitReady);
    }

    static void fillScratch(Campaign campaign, Random dice) {
        List<Disk> disks = campaign.installation().scratchDisks();
        fill(disks.get(dice.nextInt(disks.size())));
    }

    static void fillStore(Campaign campaign, Random dice) {
        fill(campaign.installation().mediaDisk().orElseThrow());
    }

    private static void fill(Disk disk) {
        disk.fill();
        try {
            if (disk.free() > 0) {
                throw new AssertionError("the disk is not full");
            }
            Hold.on(FULL);
        } finally {
            disk.relieve();
        }
    }
}
