package org.millrace.api.ledger;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.millrace.model.setting.SettingException;

/**
 * Makes the data folder before anything is kept in it, so that a first start needs no preparation, and holds it if the
 * ledger lies in it: a SQLite ledger has one process, a second one refuses to start.
 */
@Singleton
class DataFolder implements FlywayConfigurationCustomizer {

    private static final String DRIVER_FOLDER = "org.sqlite.tmpdir";

    private final Config config;
    private final Database database;
    private FileChannel held;

    DataFolder(Config config, Database database) {
        this.config = config;
        this.database = database;
    }

    /** Where an installation keeps what has to survive. */
    @ConfigMapping(prefix = "millrace.home")
    interface Config {

        /** Folder of the database and, with local storage, the media. */
        @WithParentName
        Path folder();
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        try {
            Files.createDirectories(config.folder());
            if (!database.isShared()) {
                hold();
            }
            database.check(flyway.getDataSource());
            NewerLedger.refuse(flyway);
        } catch (OverlappingFileLockException e) {
            throw inUse(e);
        } catch (IOException e) {
            throw new SettingException(
                    "The data folder " + config.folder() + " cannot be used (" + e
                            + "). Setting: millrace.home (MILLRACE_HOME)",
                    e);
        }
    }

    private void hold() throws IOException {
        held = FileChannel.open(
                config.folder().resolve("millrace.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (held.tryLock() == null) {
            throw inUse(null);
        }
        unpackDriverHere();
    }

    /**
     * SQLite's driver unpacks a library at each start and removes it only at an orderly end. Here, where no other process
     * may be, what those that were killed have left can be told and removed.
     */
    private void unpackDriverHere() throws IOException {
        if (System.getProperty(DRIVER_FOLDER) != null) {
            return;
        }
        Path folder = Files.createDirectories(config.folder().resolve("driver").toAbsolutePath());
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        System.setProperty(DRIVER_FOLDER, folder.toString());
    }

    @PreDestroy
    void release() throws IOException {
        if (held != null) {
            held.close();
        }
    }

    private SettingException inUse(Exception cause) {
        return new SettingException(
                "Another Millrace already uses the data folder " + config.folder()
                        + "; a SQLite ledger has one process. Setting: millrace.home (MILLRACE_HOME)",
                cause);
    }
}
