package org.millrace.api.ledger;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Makes the data folder before anything is kept in it: a first start needs no preparation. */
@Singleton
class DataFolder implements FlywayConfigurationCustomizer {

    private final Config config;

    DataFolder(Config config) {
        this.config = config;
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
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data folder " + config.folder() + " cannot be made. Setting: millrace.home (MILLRACE_HOME)",
                    e);
        }
    }
}
