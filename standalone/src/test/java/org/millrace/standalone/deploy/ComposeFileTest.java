package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The compose file is valid, refers only to what exists, and keeps the promises of the documentation. */
class ComposeFileTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)([^}]*)}");

    private final JsonNode compose = Repository.yaml("docker-compose.yml");

    /** Those that only a profile starts. */
    private static final Set<String> PROFILES = Set.of("sqlite", "postgres", "s3", "observability");

    @Test
    void the_file_follows_the_compose_specification() {
        assertThat(complaints(compose)).isEmpty();
    }

    @Test
    void the_specification_refuses_a_misspelt_key() {
        ObjectNode broken = compose.deepCopy();
        ((ObjectNode) broken.at("/services/transcode-worker")).put("read_onyl", true);
        assertThat(complaints(broken)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "api-service-postgresql", "transcode-worker"})
    void every_environment_variable_sets_a_key_that_exists(String service) {
        assertThat(keys(service(service).get("environment")))
                .filteredOn(name -> !name.startsWith("AWS_"))
                .hasSizeGreaterThan(8)
                .isSubsetOf(ConfigKeys.environmentNames());
    }

    @Test
    void a_misspelt_environment_variable_sets_no_key() {
        assertThat(ConfigKeys.environmentNames()).contains("RABBITMQ_HOST").doesNotContain("RABBITMQ_HOTS");
    }

    @Test
    void workers_have_nothing_that_only_one_container_can_have() {
        JsonNode worker = service("transcode-worker");
        assertThat(worker.has("container_name")).isFalse();
        assertThat(worker.has("hostname")).isFalse();
        assertThat(worker.has("ports")).isFalse();
        // A named volume is shared by all replicas: right for the media, wrong for scratch space.
        assertThat(strings(worker.get("volumes"))).containsExactlyInAnyOrder("/var/lib/millrace", "media:/media");
    }

    @Test
    void api_and_workers_share_the_media_volume_at_the_place_they_are_told() {
        for (String name : List.of("api-service", "api-service-postgresql", "transcode-worker")) {
            JsonNode service = service(name);
            String path = service.at("/environment/MILLRACE_STORE_LOCAL_PATH").asText();
            assertThat(strings(service.get("volumes"))).as(name).contains("media:" + path);
        }
    }

    @Test
    void a_secret_has_no_default_and_the_absence_of_those_that_are_always_needed_stops_compose() {
        Matcher matcher = VARIABLE.matcher(Repository.text("docker-compose.yml"));
        Set<String> secrets = new TreeSet<>();
        while (matcher.find()) {
            if (matcher.group(1).matches(".*(PASSWORD|USERNAME|SECRET|_KEY).*")) {
                secrets.add(matcher.group(1));
                // Compose reads the whole file whatever the profile: those of a profile are empty, not required.
                String wanted = matcher.group(1).startsWith("RABBITMQ_") ? ":\\?\\S+ .*" : ":-";
                assertThat(matcher.group(2)).as(matcher.group()).matches(wanted);
                assertThat(Repository.env(".env.example")).containsEntry(matcher.group(1), "");
            }
        }
        assertThat(secrets)
                .containsExactly(
                        "GRAFANA_PASSWORD",
                        "POSTGRES_PASSWORD",
                        "RABBITMQ_PASSWORD",
                        "RABBITMQ_USERNAME",
                        "S3_ACCESS_KEY",
                        "S3_SECRET_KEY");
    }

    @ParameterizedTest
    @CsvSource({"s3, AWS_SECRET_ACCESS_KEY, S3_SECRET_KEY", "grafana, GF_SECURITY_ADMIN_PASSWORD, GRAFANA_PASSWORD"})
    void a_server_that_would_take_anybody_without_a_secret_does_not_start_without_one(
            String name, String variable, String setting) throws Exception {
        List<String> entrypoint = strings(service(name).get("entrypoint"));
        String script = entrypoint.getLast().replace("$$", "$").replaceAll("exec .*", "echo started");
        assertThat(entrypoint.subList(0, 2)).containsExactly("/bin/sh", "-c");
        Shell.Run without = Shell.run(Map.of(variable, ""), List.of("/bin/sh", "-c", script));
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.output()).contains(setting).doesNotContain("started");
        Shell.Run with = Shell.run(Map.of(variable, "x", "AWS_ACCESS_KEY_ID", "x"), List.of("/bin/sh", "-c", script));
        assertThat(with.output()).contains("started");
    }

    @Test
    void the_ledger_is_in_one_place_whatever_the_profile() {
        Set<String> profiles = new TreeSet<>();
        names().forEach(name -> profiles.addAll(strings(service(name).path("profiles"))));
        assertThat(profiles).isEqualTo(PROFILES);
        assertThat(strings(service("api-service").get("profiles"))).containsExactly("sqlite");
        assertThat(strings(service("api-service-postgresql").get("profiles"))).containsExactly("postgres");
        assertThat(Repository.env(".env.example")).containsEntry("COMPOSE_PROFILES", "sqlite");
        assertThat(service("transcode-worker").has("profiles")).isFalse();
        assertThat(service("rabbitmq").has("profiles")).isFalse();
    }

    @Test
    void two_apis_on_postgresql_are_found_by_the_name_that_nginx_and_prometheus_ask_for() {
        JsonNode api = service("api-service-postgresql");
        assertThat(api.at("/deploy/replicas").asInt()).isEqualTo(2);
        assertThat(api.has("ports")).isFalse();
        assertThat(strings(api.at("/networks/inside/aliases"))).containsExactly("api-service");
        assertThat(api.at("/environment/QUARKUS_DATASOURCE_JDBC_URL").asText())
                .isEqualTo("jdbc:postgresql://postgresql:5432/"
                        + service("postgresql").at("/environment/POSTGRES_DB").asText());
        assertThat(api.at("/environment/QUARKUS_DATASOURCE_PASSWORD"))
                .isEqualTo(service("postgresql").at("/environment/POSTGRES_PASSWORD"));
        JsonNode scraped =
                Repository.yaml("deploy/observability/prometheus.yml").get("scrape_configs");
        assertThat(strings(scraped.at("/0/dns_sd_configs/0/names"))).contains("api-service");
        assertThat(strings(scraped.at("/1/dns_sd_configs/0/names"))).containsExactly("transcode-worker");
    }

    @Test
    void the_example_lists_every_variable_of_the_compose_file() {
        Set<String> used = new TreeSet<>();
        VARIABLE.matcher(Repository.text("docker-compose.yml")).results().forEach(found -> used.add(found.group(1)));
        assertThat(Repository.env(".env.example").keySet()).containsAll(used);
    }

    @Test
    void every_service_is_confined_and_limited() {
        assertThat(names()).hasSizeGreaterThan(8).allSatisfy(name -> {
            JsonNode service = service(name);
            assertThat(strings(service.get("cap_drop"))).containsExactly("ALL");
            assertThat(strings(service.get("security_opt"))).contains("no-new-privileges:true");
            assertThat(service.get("user").asText()).doesNotStartWith("0").isNotEqualTo("root");
            assertThat(service.at("/deploy/resources/limits/memory").asText()).isNotBlank();
            assertThat(service.at("/deploy/resources/limits/cpus").asText()).isNotBlank();
            // Compose refuses another one beside the limits.
            assertThat(service.at("/deploy/resources/limits/pids").asInt()).isPositive();
            assertThat(service.has("pids_limit")).isFalse();
            assertThat(service.has("healthcheck") || name.equals("s3-bucket")).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "api-service-postgresql", "transcode-worker"})
    void a_service_of_ours_waits_for_the_broker_and_is_asked_for_its_health_where_it_listens(String name) {
        JsonNode service = service(name);
        String port = service.at("/environment/QUARKUS_HTTP_PORT").asText();
        assertThat(service.get("read_only").asBoolean()).isTrue();
        assertThat(service.at("/depends_on/rabbitmq/condition").asText()).isEqualTo("service_healthy");
        assertThat(strings(service.at("/healthcheck/test"))).contains("http://127.0.0.1:" + port + "/q/health/ready");
        assertThat(service.at("/environment/RABBITMQ_HOST").asText()).isEqualTo("rabbitmq");
        assertThat(service.at("/depends_on/s3-bucket/required").asBoolean(true)).isFalse();
    }

    @Test
    void an_api_may_load_the_library_that_it_unpacks() {
        // An engine mounts these without the right to run what is in them.
        for (String name : List.of("api-service", "api-service-postgresql")) {
            assertThat(strings(service(name).get("tmpfs"))).containsExactly("/tmp:exec");
        }
        assertThat(strings(service("transcode-worker").get("tmpfs"))).containsExactly("/tmp");
        assertThat(Repository.text("docs/install.md") + Repository.text("standalone/Dockerfile"))
                .contains("--tmpfs /tmp:exec ")
                .doesNotContain("--tmpfs /tmp ");
    }

    @Test
    void the_workers_network_has_no_way_out_and_only_the_api_is_published_on_this_host() {
        assertThat(compose.at("/networks/inside/internal").asBoolean()).isTrue();
        assertThat(strings(service("transcode-worker").get("networks"))).containsExactly("inside");
        for (String name : List.of("rabbitmq", "prometheus", "grafana")) {
            assertThat(strings(service(name).get("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
        }
        for (String name : List.of("api-service", "proxy")) {
            assertThat(strings(service(name).get("ports")))
                    .containsExactly("${MILLRACE_BIND:-127.0.0.1}:${MILLRACE_PORT:-8080}:8080");
        }
        for (String name : List.of("postgresql", "s3")) {
            assertThat(service(name).has("ports")).isFalse();
            assertThat(strings(service(name).get("networks"))).containsExactly("inside");
        }
    }

    @Test
    void compose_builds_each_image_from_a_dockerfile_that_exists_and_as_the_same_user() {
        for (String name : List.of("api-service", "api-service-postgresql", "transcode-worker")) {
            String path = service(name).at("/build/dockerfile").asText();
            assertThat(Repository.file(path)).exists();
            assertThat(Repository.text(path))
                    .contains("USER " + service(name).get("user").asText());
        }
        assertThat(service("api-service-postgresql").at("/build/args/DATABASE").asText())
                .isEqualTo("postgresql");
        assertThat(Repository.text("api-service/Dockerfile")).contains("ARG DATABASE=sqlite");
    }

    @Test
    void a_file_that_a_service_reads_exists() {
        assertThat(names())
                .flatMap(name -> strings(service(name).path("volumes")))
                .filteredOn(volume -> volume.startsWith("./"))
                .hasSizeGreaterThan(3)
                .allSatisfy(volume ->
                        assertThat(Repository.file(volume.split(":")[0])).exists());
    }

    @Test
    void a_named_volume_is_declared_and_a_declared_one_is_used() {
        Set<String> used = new TreeSet<>();
        names().stream()
                .flatMap(name -> strings(service(name).path("volumes")).stream())
                .filter(volume -> volume.matches("[a-z]+:.*"))
                .forEach(volume -> used.add(volume.split(":")[0]));
        assertThat(used).isEqualTo(new TreeSet<>(keys(compose.get("volumes"))));
    }

    private JsonNode service(String name) {
        JsonNode service = compose.at("/services/" + name);
        assertThat(service.isMissingNode()).as(name).isFalse();
        return service;
    }

    private List<String> names() {
        return keys(compose.get("services"));
    }

    private static Set<ValidationMessage> complaints(JsonNode file) {
        try (InputStream in = ComposeFileTest.class.getResourceAsStream("/compose-spec/compose-spec.json")) {
            JsonNode schema = new ObjectMapper().readTree(in);
            // The names that drafts before 2019-09 gave to parts; nothing refers to them and the validator knows them
            // no more.
            schema.findParents("id").stream()
                    .filter(part -> part.get("id").isTextual())
                    .forEach(part -> ((ObjectNode) part).remove("id"));
            ((ObjectNode) schema).remove("id");
            // Compose has brought them later; the published schema is older.
            JsonNode waits = schema.at("/definitions/service/properties/depends_on/oneOf/1/patternProperties");
            for (String newer : List.of("restart", "required")) {
                waits.forEach(wait ->
                        ((ObjectNode) wait.get("properties")).putObject(newer).put("type", "boolean"));
            }
            ((ObjectNode) schema.at("/definitions/deployment/properties/resources/properties/limits/properties"))
                    .putObject("pids")
                    .put("type", "integer");
            return JsonSchemaFactory.getInstance(VersionFlag.V201909)
                    .getSchema(schema)
                    .validate(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> strings(JsonNode list) {
        List<String> values = new ArrayList<>();
        list.forEach(value -> values.add(value.asText()));
        return values;
    }

    private static List<String> keys(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
