package org.millrace.worker.intake;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import org.millrace.store.CountingProxy;
import org.millrace.store.S3Server;

/** The worker with its media on a real S3 server, behind a door at which bytes are counted. */
public class OnS3 implements QuarkusTestProfile {

    static final String HOME = "target/s3-home";

    private static CountingProxy door;

    /** Bytes that have come from the server so far. */
    static long bytes() {
        return door.bytes();
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("millrace.home", HOME);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Bucket.class));
    }

    /** A server with an empty bucket. */
    public static class Bucket implements QuarkusTestResourceLifecycleManager {

        private S3Server server;

        @Override
        public Map<String, String> start() {
            server = S3Server.start();
            server.createBucket("millrace");
            door = CountingProxy.before(server.endpoint());
            return server.settings("millrace", door.endpoint());
        }

        @Override
        public void stop() {
            door.close();
            server.close();
        }
    }
}
