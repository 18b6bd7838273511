package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.testing.PostgresServer;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Patient;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;
import org.millrace.store.S3Server;

/**
 * The programs, started with exactly the environment that the compose file and the overlays give them (only addresses,
 * accounts and folders are those of this machine), take a video and make it playable.
 */
@Patient
class DeployedEnvironmentIT {

    private static final Duration END = Duration.ofSeconds(120);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::-([^}]*)|:\\?[^}]*)?}");

    @TempDir
    Path folder;

    @Test
    void of_the_compose_file_with_its_defaults() {
        Map<String, String> env = new TreeMap<>();
        assertWorks(Program.of("api-service"), composed("api-service", env), composed("transcode-worker", env));
    }

    @Test
    void of_the_compose_file_with_s3() {
        try (S3Server s3 = S3Server.start()) {
            s3.createBucket("millrace");
            Map<String, String> env = Map.of(
                    "MILLRACE_STORE_KIND", "s3",
                    "S3_ENDPOINT", s3.endpoint().toString(),
                    "S3_ACCESS_KEY", s3.accessKey(),
                    "S3_SECRET_KEY", s3.secretKey());
            assertWorks(Program.of("api-service"), composed("api-service", env), composed("transcode-worker", env));
        }
    }

    @Test
    void of_the_compose_file_with_postgresql() {
        Map<String, String> api =
                composed("api-service-postgresql", Map.of("POSTGRES_PASSWORD", PostgresServer.ACCOUNT));
        api.put("QUARKUS_DATASOURCE_JDBC_URL", PostgresServer.shared().database("composed"));
        assertWorks(Program.apiOnPostgres(), api, composed("transcode-worker", Map.of()));
    }

    @Test
    void of_the_small_overlay() {
        assertWorks(
                Program.of("api-service"), inCluster("small", "api-service"), inCluster("small", "transcode-worker"));
    }

    @Test
    void of_the_scale_out_overlay() {
        try (S3Server s3 = S3Server.start()) {
            s3.createBucket("millrace");
            Map<String, String> api = inCluster("scale-out", "api-service");
            Map<String, String> worker = inCluster("scale-out", "transcode-worker");
            Map<String, String> store = Map.of(
                    "MILLRACE_STORE_S3_BUCKET",
                    "millrace",
                    "QUARKUS_S3_ENDPOINT_OVERRIDE",
                    s3.endpoint().toString(),
                    "QUARKUS_S3_PATH_STYLE_ACCESS",
                    "true",
                    "AWS_REGION",
                    "us-east-1",
                    "AWS_ACCESS_KEY_ID",
                    s3.accessKey(),
                    "AWS_SECRET_ACCESS_KEY",
                    s3.secretKey());
            assertThat(api.keySet()).containsAll(store.keySet());
            assertThat(worker.keySet()).containsAll(store.keySet());
            api.putAll(store);
            worker.putAll(store);
            api.putAll(Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL", PostgresServer.shared().database("clustered"),
                    "QUARKUS_DATASOURCE_USERNAME", PostgresServer.ACCOUNT,
                    "QUARKUS_DATASOURCE_PASSWORD", PostgresServer.ACCOUNT));
            assertWorks(Program.apiOnPostgres(), api, worker);
        }
    }

    private void assertWorks(Program.Builder program, Map<String, String> api, Map<String, String> worker) {
        String virtualHost =
                RabbitServer.shared().virtualHost(folder.getFileName().toString());
        try (Services services = new Services(folder, virtualHost)) {
            Client client = services.start(here(program, api, "home", virtualHost))
                    .awaitHealth("ready")
                    .client();
            services.start(here(Program.of("transcode-worker"), worker, "scratch", virtualHost))
                    .awaitHealth("ready");
            String id = client.upload(Clips.h264(folder, "clip", 2));
            JsonNode video = client.awaitEnd(id, END);
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
            assertThat(client.playThrough(id)).isPositive();
        }
    }

    /** The environment with the broker and the folders of this machine. */
    private Program.Builder here(
            Program.Builder program, Map<String, String> environment, String home, String virtualHost) {
        Map<String, String> mine = new TreeMap<>(environment);
        assertThat(mine).containsKeys("MILLRACE_HOME", "RABBITMQ_HOST", "RABBITMQ_PORT", "RABBITMQ_PASSWORD");
        mine.put("RABBITMQ_HOST", "127.0.0.1");
        mine.put("RABBITMQ_PORT", String.valueOf(RabbitServer.shared().port()));
        mine.put("RABBITMQ_USERNAME", "guest");
        mine.put("RABBITMQ_PASSWORD", "guest");
        mine.put("RABBITMQ_VIRTUAL_HOST", virtualHost);
        mine.put("MILLRACE_HOME", folder.resolve(home).toString());
        mine.put("MILLRACE_HTTP_ALLOWED_HOSTS", "127.0.0.1");
        mine.computeIfPresent(
                "MILLRACE_STORE_LOCAL_PATH",
                (key, path) -> folder.resolve("media").toString());
        mine.computeIfPresent(
                "QUARKUS_HTTP_BODY_UPLOADS_DIRECTORY",
                (key, path) -> folder.resolve("media/incoming").toString());
        mine.forEach(program::env);
        return program;
    }

    private static Map<String, String> composed(String service, Map<String, String> dotEnv) {
        Map<String, String> environment = new TreeMap<>();
        Repository.yaml("docker-compose.yml")
                .at("/services/" + service + "/environment")
                .properties()
                .forEach(entry -> environment.put(
                        entry.getKey(), interpolated(entry.getValue().asText(), dotEnv)));
        return environment;
    }

    private static String interpolated(String text, Map<String, String> dotEnv) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        dotEnv.getOrDefault(found.group(1), found.group(2) == null ? "required" : found.group(2))));
    }

    private static Map<String, String> inCluster(String overlay, String deployment) {
        Overlay built = new Overlay(overlay);
        return new TreeMap<>(built.environment(
                Overlay.container(built.deployment(deployment).getSpec().getTemplate())));
    }
}
