package org.millrace.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A real S3 server for tests: it listens on a free port of 127.0.0.1 and keeps its objects in a temporary folder. */
public final class S3Server implements AutoCloseable {

    private static final String ACCESS_KEY = "millrace";
    private static final String SECRET_KEY = "millrace-secret";

    /** Held, or the level would be forgotten: at the default one Jetty spends most of its time on debug messages. */
    private static final Logger LOG = Logger.getLogger("org.gaul");

    private final Path folder;
    private final S3Proxy server;
    private final S3Client client;
    private final S3Presigner presigner;

    private S3Server(Path folder, S3Proxy server) {
        this.folder = folder;
        this.server = server;
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY));
        this.client = S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .forcePathStyle(true)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        this.presigner = S3Presigner.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    /** Starts a server without buckets, which lets no page of other servers read or write. */
    public static S3Server start() {
        return start(List.of());
    }

    /**
     * Starts a server without buckets.
     *
     * @param origins regular expressions of the origins whose pages may read and write there (CORS)
     */
    public static S3Server start(List<String> origins) {
        LOG.setLevel(Level.WARNING);
        try {
            Path folder = Files.createTempDirectory("millrace-s3-");
            Properties settings = new Properties();
            settings.setProperty("jclouds.filesystem.basedir", folder.toString());
            S3Proxy.Builder server = S3Proxy.builder()
                    .blobStore(BlobStores.create("filesystem-nio2", settings))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                    .stopTimeout(0);
            if (!origins.isEmpty()) {
                server.corsRules(new CrossOriginResourceSharing(
                        origins,
                        List.of("GET", "HEAD", "PUT"),
                        List.of("*"),
                        List.of("Content-Range", "ETag"),
                        "false"));
            }
            S3Proxy running = server.build();
            running.start();
            return new S3Server(folder, running);
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server does not start", e);
        }
    }

    /** Where it listens; for {@code quarkus.s3.endpoint-override}, together with path style access. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /**
     * The settings of a program whose media store is a bucket of this server.
     *
     * @param address under which the program reaches it
     */
    public Map<String, String> settings(String bucket, URI address) {
        return Map.of(
                "millrace.store.kind",
                "s3",
                "millrace.store.s3.bucket",
                bucket,
                "quarkus.s3.endpoint-override",
                address.toString(),
                "quarkus.s3.path-style-access",
                "true",
                "quarkus.s3.aws.region",
                "us-east-1",
                "quarkus.s3.aws.credentials.type",
                "static",
                "quarkus.s3.aws.credentials.static-provider.access-key-id",
                ACCESS_KEY,
                "quarkus.s3.aws.credentials.static-provider.secret-access-key",
                SECRET_KEY);
    }

    /** The only access key it knows. */
    public String accessKey() {
        return ACCESS_KEY;
    }

    /** The secret of that key. */
    public String secretKey() {
        return SECRET_KEY;
    }

    /** Makes an empty bucket. */
    public void createBucket(String name) {
        client.createBucket(request -> request.bucket(name));
    }

    /** A client that may do everything; it ends with the server. */
    public S3Client client() {
        return client;
    }

    /** A signer whose URLs this server accepts; it ends with the server. */
    public S3Presigner presigner() {
        return presigner;
    }

    @Override
    public void close() {
        client.close();
        presigner.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server does not stop", e);
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
