package org.millrace.worker.intake;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
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
            Map<String, String> settings = new HashMap<>();
            settings.put("millrace.store.kind", "s3");
            settings.put("millrace.store.s3.bucket", "millrace");
            settings.put("quarkus.s3.endpoint-override", door.endpoint().toString());
            settings.put("quarkus.s3.path-style-access", "true");
            settings.put("quarkus.s3.aws.region", "us-east-1");
            settings.put("quarkus.s3.aws.credentials.type", "static");
            settings.put("quarkus.s3.aws.credentials.static-provider.access-key-id", server.accessKey());
            settings.put("quarkus.s3.aws.credentials.static-provider.secret-access-key", server.secretKey());
            return settings;
        }

        @Override
        public void stop() {
            door.close();
            server.close();
        }
    }
}
