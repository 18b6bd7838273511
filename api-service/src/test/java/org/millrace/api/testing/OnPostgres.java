package org.millrace.api.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import org.millrace.model.testing.PostgresServer;

/** The application as its build for PostgreSQL makes it, on a real server: what holds on SQLite has to hold here too. */
public class OnPostgres implements QuarkusTestProfile {

    @Override
    public String getConfigProfile() {
        return "postgresql";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("mp.messaging.outgoing.news.connector", "smallrye-in-memory");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TemporaryHome.class), new TestResourceEntry(EmptyDatabase.class));
    }

    /** A database that nobody has used. */
    public static class EmptyDatabase implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            return Map.of(
                    "quarkus.datasource.jdbc.url",
                    PostgresServer.shared().database("millrace_" + Long.toString(System.nanoTime(), 36)),
                    "quarkus.datasource.username",
                    PostgresServer.ACCOUNT,
                    "quarkus.datasource.password",
                    PostgresServer.ACCOUNT);
        }

        @Override
        public void stop() {
            // It goes with the server.
        }
    }
}
