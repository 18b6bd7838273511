package org.millrace.api.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import org.millrace.store.S3Server;

/** The application with its media in a bucket of a real S3 server, open for uploads that go there directly. */
public class OnS3 implements QuarkusTestProfile {

    /** The bucket. */
    public static final String BUCKET = "millrace";

    private static S3Server server;

    /** The server. */
    public static S3Server server() {
        return server;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("millrace.upload.direct", "true", "millrace.playback.redirect-to-store", "true");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TemporaryHome.class), new TestResourceEntry(Bucket.class));
    }

    /** A server with an empty bucket, which pages of any server may use. */
    public static class Bucket implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            server = S3Server.start(List.of(".*"));
            server.createBucket(BUCKET);
            return server.settings(BUCKET, server.endpoint());
        }

        @Override
        public void stop() {
            server.close();
        }
    }
}
