package org.millrace.api.backup;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.millrace.store.MediaStoreConfig;

/**
 * Where an installation on one machine keeps what has to survive.
 *
 * @param home the data folder
 * @param database the file of the ledger
 * @param media the media folder
 */
record Installation(Path home, Path database, Path media) {

    private static final String SQLITE = "jdbc:sqlite:";

    /** Above what is built in and below environment and system properties, as where the service reads it. */
    private static final int FILE_ORDINAL = 260;

    /** The installation that the settings of this process describe, read from where the service reads them. */
    static Installation ofSettings() {
        SmallRyeConfigBuilder settings = new SmallRyeConfigBuilder().addDefaultSources();
        Path file = Path.of("config", "application.properties");
        if (Files.isRegularFile(file)) {
            try {
                settings.withSources(new PropertiesConfigSource(file.toUri().toURL(), FILE_ORDINAL));
            } catch (IOException e) {
                throw new Unable(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return of(settings);
    }

    /** The installation that some settings describe; what they leave out is as the service has it. */
    static Installation of(SmallRyeConfigBuilder sources) {
        SmallRyeConfig settings = sources.addDefaultInterceptors()
                .withDefaultValue("millrace.home", "${user.home}/.local/share/millrace")
                .withDefaultValue("millrace.store.kind", MediaStoreConfig.Kind.LOCAL.name())
                .withDefaultValue("millrace.store.local.path", "${millrace.home}/media")
                .withDefaultValue("quarkus.datasource.jdbc.url", SQLITE + "${millrace.home}/millrace.db")
                .build();
        String url = settings.getValue("quarkus.datasource.jdbc.url", String.class);
        boolean local = settings.getValue("millrace.store.kind", String.class)
                .equalsIgnoreCase(MediaStoreConfig.Kind.LOCAL.name());
        if (!url.startsWith(SQLITE) || !local) {
            throw new Unable("This is for a SQLite ledger and a media folder; how PostgreSQL and S3 are backed up and"
                    + " restored is told in docs/operations.md.");
        }
        return new Installation(
                absolute(settings.getValue("millrace.home", Path.class)),
                absolute(Path.of(url.substring(SQLITE.length()).replaceFirst("\\?.*", ""))),
                absolute(settings.getValue("millrace.store.local.path", Path.class)));
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
