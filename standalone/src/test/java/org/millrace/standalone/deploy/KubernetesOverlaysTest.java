package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sets the two overlays apart, and what both promise about ends, networks and scaling. */
class KubernetesOverlaysTest {

    /** {@code millrace.worker.grace} and the time that handing back may take. */
    private static final Duration WORKER_DRAIN = Duration.ofSeconds(20 + 10 + 1);

    private final Overlay small = new Overlay("small");
    private final Overlay scaleOut = new Overlay("scale-out");

    @Test
    void on_a_small_cluster_two_apis_never_run_at_once_because_the_ledger_is_a_file() {
        var spec = small.deployment("api-service").getSpec();
        assertThat(spec.getReplicas()).isEqualTo(1);
        assertThat(spec.getStrategy().getType()).isEqualTo("Recreate");
        assertThat(spec.getStrategy().getRollingUpdate()).isNull();
        assertThat(small.named(PersistentVolumeClaim.class, "database")
                        .getSpec()
                        .getAccessModes())
                .containsExactly("ReadWriteOnce");
        assertThat(small.named(PersistentVolumeClaim.class, "media").getSpec().getAccessModes())
                .containsExactly("ReadWriteMany");
    }

    @Test
    void on_a_large_cluster_an_api_is_always_there() {
        Deployment api = scaleOut.deployment("api-service");
        assertThat(api.getSpec().getReplicas()).isGreaterThan(1);
        assertThat(api.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
                .isEqualTo(new IntOrString(0));
        assertThat(scaleOut.named(PodDisruptionBudget.class, "api-service")
                        .getSpec()
                        .getMinAvailable())
                .isEqualTo(new IntOrString(1));
        assertThat(Overlay.container(api.getSpec().getTemplate()).getImage()).endsWith("-postgresql");
        assertThat(scaleOut.environment(Overlay.container(api.getSpec().getTemplate())))
                .containsKeys(
                        "QUARKUS_DATASOURCE_JDBC_URL", "QUARKUS_DATASOURCE_USERNAME", "QUARKUS_DATASOURCE_PASSWORD")
                .containsEntry("MILLRACE_STORE_KIND", "s3");
        assertThat(scaleOut.all(PersistentVolumeClaim.class)).isEmpty();
    }

    @Test
    void workers_do_not_know_the_password_of_the_database() {
        assertThat(scaleOut.environment(Overlay.container(
                        scaleOut.deployment("transcode-worker").getSpec().getTemplate())))
                .doesNotContainKey("QUARKUS_DATASOURCE_PASSWORD")
                .containsKey("AWS_SECRET_ACCESS_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void a_pod_that_has_to_end_is_given_the_time_that_its_drain_takes(String name) {
        Overlay overlay = new Overlay(name);
        assertThat(ConfigKeys.defaultOf("millrace.worker.grace")).isEqualTo("PT20S");
        assertThat(grace(overlay, "transcode-worker")).isGreaterThan(WORKER_DRAIN);
        assertThat(grace(overlay, "api-service")).isGreaterThanOrEqualTo(Duration.ofSeconds(35));
    }

    @Test
    void workers_reach_the_broker_and_names_and_with_s3_the_store_and_nothing_else() {
        assertThat(egressPorts(small, "transcode-worker")).containsExactlyInAnyOrder(53, 5672);
        assertThat(egressPorts(scaleOut, "transcode-worker")).containsExactlyInAnyOrder(53, 443, 5672);
        assertThat(egressPorts(scaleOut, "api-service")).containsExactlyInAnyOrder(53, 443, 5432, 5672);
        NetworkPolicy store = scaleOut.named(NetworkPolicy.class, "to-store");
        assertThat(store.getSpec().getEgress())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getTo())
                        .singleElement()
                        .satisfies(peer ->
                                assertThat(peer.getIpBlock().getExcept()).contains("169.254.0.0/16")));
    }

    @Test
    void workers_are_scaled_by_the_backlog_or_else_by_their_processors_and_never_by_both() {
        assertThat(small.all(HorizontalPodAutoscaler.class))
                .singleElement()
                .satisfies(scaler -> assertThat(
                                scaler.getSpec().getScaleTargetRef().getName())
                        .isEqualTo("transcode-worker"));
        assertThat(small.custom()).isEmpty();
        assertThat(scaleOut.all(HorizontalPodAutoscaler.class)).isEmpty();
        assertThat(scaleOut.custom()).hasSize(1);
        for (Overlay overlay : List.of(small, scaleOut)) {
            // A number would be set again whenever the files are applied.
            assertThat(overlay.deployment("transcode-worker").getSpec().getReplicas())
                    .isNull();
        }
    }

    @Test
    void the_scaled_object_follows_the_types_of_keda() {
        assertThat(scaleOut.custom())
                .allSatisfy(object -> assertThat(complaints(object)).isEmpty());
    }

    @Test
    void the_types_of_keda_refuse_a_misspelt_field() {
        ObjectNode broken = scaleOut.custom().getFirst().deepCopy();
        ((ObjectNode) broken.get("spec")).put("minReplicas", 1);
        assertThat(complaints(broken)).isNotEmpty();
    }

    @Test
    void keda_asks_the_api_for_the_waiting_tasks_of_each_lane() {
        JsonNode spec = scaleOut.custom().getFirst().get("spec");
        assertThat(scaleOut.deployment(spec.at("/scaleTargetRef/name").asText()))
                .isNotNull();
        Set<String> asked = new TreeSet<>();
        for (JsonNode trigger : spec.get("triggers")) {
            JsonNode metadata = trigger.get("metadata");
            assertThat(trigger.get("type").asText()).isEqualTo("metrics-api");
            assertThat(metadata.get("format").asText()).isEqualTo("prometheus");
            String host = metadata.get("url").asText().replaceAll("^http://([^/]+)/q/metrics$", "$1");
            assertThat(host).isEqualTo("api-service.millrace.svc.cluster.local");
            assertThat(scaleOut.service("api-service")
                            .getSpec()
                            .getPorts()
                            .getFirst()
                            .getPort())
                    .isEqualTo(80);
            asked.add(metadata.get("valueLocation").asText());
        }
        assertThat(asked)
                .containsExactly("millrace_tasks_waiting{lane=\"bulk\"}", "millrace_tasks_waiting{lane=\"fast\"}");
    }

    private static Duration grace(Overlay overlay, String name) {
        return Duration.ofSeconds(
                overlay.deployment(name).getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds());
    }

    private static Set<Integer> egressPorts(Overlay overlay, String app) {
        Set<Integer> ports = new TreeSet<>();
        overlay.all(NetworkPolicy.class)
                .filter(policy -> policy.getSpec().getPolicyTypes().contains("Egress"))
                .filter(policy -> overlay.podsMatching(policy.getSpec().getPodSelector()).stream()
                        .anyMatch(pod -> pod.getMetadata().getLabels().containsValue(app)))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .peek(rule -> assertThat(rule.getPorts()).isNotEmpty())
                .flatMap(rule -> rule.getPorts().stream())
                .forEach(port -> ports.add(port.getPort().getIntVal()));
        return ports;
    }

    private static Set<ValidationMessage> complaints(JsonNode object) {
        try (InputStream in = KubernetesOverlaysTest.class.getResourceAsStream("/keda/scaledobject-v1alpha1.json")) {
            JsonNode schema = new ObjectMapper().readTree(in);
            return JsonSchemaFactory.getInstance(VersionFlag.V201909)
                    .getSchema(schema)
                    .validate(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
