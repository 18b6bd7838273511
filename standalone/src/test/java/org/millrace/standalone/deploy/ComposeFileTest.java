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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compose file is valid, refers only to what exists, and keeps the promises of the documentation. */
class ComposeFileTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)([^}]*)}");

    private final JsonNode compose = Repository.yaml("docker-compose.yml");

    @Test
    void the_file_follows_the_compose_specification() {
        assertThat(complaints(compose)).isEmpty();
    }

    @Test
    void the_specification_refuses_a_misspelt_key() {
        ObjectNode broken = compose.deepCopy();
        ((ObjectNode) broken.at("/services/api-service")).put("read_onyl", true);
        assertThat(complaints(broken)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "transcode-worker"})
    void every_environment_variable_sets_a_key_that_exists(String service) {
        assertThat(keys(service(service).get("environment"))).isSubsetOf(ConfigKeys.environmentNames());
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
        for (String name : List.of("api-service", "transcode-worker")) {
            JsonNode service = service(name);
            String path = service.at("/environment/MILLRACE_STORE_LOCAL_PATH").asText();
            assertThat(strings(service.get("volumes"))).as(name).contains("media:" + path);
        }
    }

    @Test
    void a_secret_has_no_default_and_its_absence_stops_compose_with_a_sentence() {
        Matcher matcher = VARIABLE.matcher(Repository.text("docker-compose.yml"));
        List<String> secrets = new ArrayList<>();
        while (matcher.find()) {
            if (matcher.group(1).matches(".*(PASSWORD|USERNAME|SECRET|KEY).*")) {
                secrets.add(matcher.group(1));
                assertThat(matcher.group(2)).as(matcher.group()).matches(":\\?\\S+ .*");
            }
        }
        assertThat(secrets).contains("RABBITMQ_PASSWORD");
        assertThat(Repository.env(".env.example")).containsEntry("RABBITMQ_PASSWORD", "");
    }

    @Test
    void the_example_lists_every_variable_of_the_compose_file() {
        Set<String> used = new TreeSet<>();
        VARIABLE.matcher(Repository.text("docker-compose.yml")).results().forEach(found -> used.add(found.group(1)));
        assertThat(Repository.env(".env.example").keySet()).containsAll(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "transcode-worker", "rabbitmq"})
    void every_service_is_confined_and_limited(String name) {
        JsonNode service = service(name);
        assertThat(strings(service.get("cap_drop"))).containsExactly("ALL");
        assertThat(strings(service.get("security_opt"))).contains("no-new-privileges:true");
        assertThat(service.get("user").asText()).doesNotStartWith("0").isNotEqualTo("root");
        assertThat(service.at("/deploy/resources/limits/memory").asText()).isNotBlank();
        assertThat(service.at("/deploy/resources/limits/cpus").asText()).isNotBlank();
        assertThat(service.get("healthcheck")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "transcode-worker"})
    void a_service_of_ours_waits_for_the_broker_and_is_asked_for_its_health_where_it_listens(String name) {
        JsonNode service = service(name);
        String port = service.at("/environment/QUARKUS_HTTP_PORT").asText();
        assertThat(service.get("read_only").asBoolean()).isTrue();
        assertThat(service.at("/depends_on/rabbitmq/condition").asText()).isEqualTo("service_healthy");
        assertThat(strings(service.at("/healthcheck/test"))).contains("http://127.0.0.1:" + port + "/q/health/ready");
        assertThat(service.at("/environment/RABBITMQ_HOST").asText()).isEqualTo("rabbitmq");
    }

    @Test
    void the_workers_network_has_no_way_out_and_only_the_api_is_published_on_this_host() {
        assertThat(compose.at("/networks/inside/internal").asBoolean()).isTrue();
        assertThat(strings(service("transcode-worker").get("networks"))).containsExactly("inside");
        assertThat(service("rabbitmq").has("ports")).isFalse();
        assertThat(strings(service("api-service").get("ports")))
                .containsExactly("${MILLRACE_BIND:-127.0.0.1}:${MILLRACE_PORT:-8080}:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "transcode-worker", "standalone"})
    void a_dockerfile_runs_the_program_of_its_module_as_an_ordinary_user(String module) {
        String dockerfile = Repository.text(module + "/Dockerfile");
        assertThat(dockerfile)
                .contains("-pl " + module + " -am")
                .contains("/src/" + module + "/target/quarkus-app /app")
                .containsPattern("(?m)^USER 10001:10001$");
        Matcher env = Pattern.compile("([A-Z_]+)=\\S+").matcher(dockerfile.substring(dockerfile.indexOf("\nENV ")));
        while (env.find()) {
            assertThat(ConfigKeys.environmentNames()).contains(env.group(1));
        }
        String port = dockerfile.replaceAll("(?s).*QUARKUS_HTTP_PORT=(\\d+).*", "$1");
        assertThat(dockerfile).contains("EXPOSE " + port);
    }

    @Test
    void compose_builds_each_image_from_a_dockerfile_that_exists_and_as_the_same_user() {
        for (String name : List.of("api-service", "transcode-worker")) {
            String path = service(name).at("/build/dockerfile").asText();
            assertThat(Repository.file(path)).exists();
            assertThat(Repository.text(path))
                    .contains("USER " + service(name).get("user").asText());
        }
    }

    private JsonNode service(String name) {
        JsonNode service = compose.at("/services/" + name);
        assertThat(service.isMissingNode()).as(name).isFalse();
        return service;
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
