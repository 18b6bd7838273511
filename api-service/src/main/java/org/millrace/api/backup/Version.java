package org.millrace.api.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import org.flywaydb.core.Flyway;

/** What this program is and knows. */
final class Version {

    private static final String PROGRAM = "/META-INF/maven/org.millrace/api-service/pom.properties";

    private Version() {}

    /** Its version, as the build wrote it; "unknown" where it runs from unpacked classes. */
    static String ofProgram() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(PROGRAM)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        }
    }

    /** The newest version of the ledger's tables that it knows. */
    static int ofSchema() {
        return Arrays.stream(Flyway.configure()
                        .dataSource("jdbc:sqlite::memory:", null, null)
                        .locations("classpath:db/sqlite")
                        .load()
                        .info()
                        .all())
                .mapToInt(migration -> Integer.parseInt(migration.getVersion().getVersion()))
                .max()
                .orElseThrow();
    }
}
