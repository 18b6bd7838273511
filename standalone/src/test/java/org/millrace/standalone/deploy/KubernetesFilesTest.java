package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kubernetes files are objects that the API knows, and all that they refer to exists. */
class KubernetesFilesTest {

    private static final String FOLDER = "k8s/";

    private final KubernetesFiles.Kustomization kustomization;
    private final List<HasMetadata> objects = new ArrayList<>();

    KubernetesFilesTest() throws IOException {
        kustomization = KubernetesFiles.kustomization(Repository.text(FOLDER + "kustomization.yaml"));
        for (String resource : kustomization.resources()) {
            objects.addAll(KubernetesFiles.parse(Repository.text(FOLDER + resource)));
        }
    }

    @Test
    void the_kustomization_lists_every_file_of_its_folder() throws IOException {
        try (Stream<Path> files = Files.list(Repository.file("k8s"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(kustomization.resources());
        }
    }

    @Test
    void a_misspelt_field_is_refused_at_any_depth() {
        String broken = Repository.text(FOLDER + "api-service.yaml").replace("periodSeconds: 5", "periodSecond: 5");
        assertThatThrownBy(() -> KubernetesFiles.parse(broken)).isInstanceOf(UnrecognizedPropertyException.class);
    }

    @Test
    void every_environment_variable_sets_a_key_that_exists() {
        Set<String> names = new TreeSet<>(Repository.env(FOLDER + "config.env").keySet());
        names.addAll(Repository.env(FOLDER + "broker.env.example").keySet());
        deployments()
                .forEach(deployment -> container(deployment.getSpec().getTemplate())
                        .getEnv()
                        .forEach(variable -> names.add(variable.getName())));
        assertThat(ConfigKeys.environmentNames()).containsAll(names);
    }

    @Test
    void config_maps_secrets_and_claims_that_pods_name_exist() {
        Set<String> configMaps = new TreeSet<>();
        Set<String> secrets = new TreeSet<>();
        Set<String> claims = new TreeSet<>();
        templates().forEach(template -> {
            Container container = container(template);
            container.getEnvFrom().forEach(source -> {
                if (source.getConfigMapRef() != null) {
                    configMaps.add(source.getConfigMapRef().getName());
                }
                if (source.getSecretRef() != null) {
                    secrets.add(source.getSecretRef().getName());
                }
            });
            for (EnvVar variable : container.getEnv()) {
                if (variable.getValueFrom() != null) {
                    secrets.add(variable.getValueFrom().getSecretKeyRef().getName());
                    assertThat(Repository.env(FOLDER + "broker.env.example"))
                            .containsKey(
                                    variable.getValueFrom().getSecretKeyRef().getKey());
                }
            }
            template.getSpec().getVolumes().stream()
                    .map(volume -> volume.getPersistentVolumeClaim())
                    .filter(Objects::nonNull)
                    .forEach(claim -> claims.add(claim.getClaimName()));
        });
        assertThat(configMaps).isEqualTo(names(kustomization.configMapGenerator()));
        assertThat(secrets).isEqualTo(names(kustomization.secretGenerator()));
        assertThat(claims)
                .isEqualTo(new TreeSet<>(all(PersistentVolumeClaim.class)
                        .map(claim -> claim.getMetadata().getName())
                        .toList()));
    }

    @Test
    void the_password_is_in_no_file_so_that_kustomize_stops_until_it_is_chosen() {
        assertThat(kustomization.secretGenerator())
                .singleElement()
                .satisfies(secret -> assertThat(secret.envs()).containsExactly("broker.env"));
        assertThat(Repository.text(".gitignore").lines()).contains("k8s/broker.env", ".env");
        assertThat(Repository.env(FOLDER + "broker.env.example").values()).containsOnly("");
    }

    @Test
    void every_mounted_volume_is_declared_and_every_declared_one_is_mounted() {
        templates().forEach(template -> {
            Set<String> declared = new TreeSet<>();
            template.getSpec().getVolumes().forEach(volume -> declared.add(volume.getName()));
            all(StatefulSet.class)
                    .filter(set -> set.getSpec().getTemplate() == template)
                    .forEach(set -> set.getSpec()
                            .getVolumeClaimTemplates()
                            .forEach(claim -> declared.add(claim.getMetadata().getName())));
            Set<String> mounted = new TreeSet<>();
            container(template).getVolumeMounts().forEach(mount -> mounted.add(mount.getName()));
            assertThat(mounted).isEqualTo(declared);
        });
    }

    @Test
    void selectors_match_the_labels_of_exactly_one_kind_of_pod() {
        List<Map<String, String>> selectors = new ArrayList<>();
        all(Service.class).forEach(service -> selectors.add(service.getSpec().getSelector()));
        deployments()
                .forEach(deployment ->
                        selectors.add(deployment.getSpec().getSelector().getMatchLabels()));
        all(StatefulSet.class)
                .forEach(set -> selectors.add(set.getSpec().getSelector().getMatchLabels()));
        all(PodDisruptionBudget.class)
                .forEach(budget -> selectors.add(budget.getSpec().getSelector().getMatchLabels()));
        policies()
                .forEach(policy ->
                        selectors.add(policy.getSpec().getPodSelector().getMatchLabels()));
        assertThat(selectors)
                .hasSizeGreaterThan(5)
                .allSatisfy(selector -> assertThat(podsMatching(selector)).hasSize(1));
    }

    @Test
    void services_and_ingress_point_at_ports_that_exist() {
        all(Service.class).forEach(service -> {
            PodTemplateSpec pod = podsMatching(service.getSpec().getSelector()).getFirst();
            for (ServicePort port : service.getSpec().getPorts()) {
                assertThat(portNames(pod)).contains(port.getTargetPort().getStrVal());
            }
        });
        all(Ingress.class)
                .flatMap(ingress -> ingress.getSpec().getRules().stream())
                .flatMap(rule -> rule.getHttp().getPaths().stream())
                .map(path -> path.getBackend().getService())
                .forEach(backend -> assertThat(
                                service(backend.getName()).getSpec().getPorts())
                        .extracting(ServicePort::getName)
                        .contains(backend.getPort().getName()));
    }

    @Test
    void the_broker_is_where_the_configuration_says() {
        Map<String, String> config = Repository.env(FOLDER + "config.env");
        assertThat(service(config.get("RABBITMQ_HOST")).getSpec().getPorts())
                .extracting(port -> String.valueOf(port.getPort()))
                .contains(config.get("RABBITMQ_PORT"));
    }

    @Test
    void the_host_of_the_ingress_is_one_that_the_api_answers_to() {
        String allowed = Repository.env(FOLDER + "config.env").get("MILLRACE_HTTP_ALLOWED_HOSTS");
        assertThat(all(Ingress.class)
                        .flatMap(ingress -> ingress.getSpec().getRules().stream())
                        .map(rule -> rule.getHost()))
                .isNotEmpty()
                .allSatisfy(host -> assertThat(allowed.split(",")).contains(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "transcode-worker"})
    void a_service_of_ours_is_probed_where_it_listens_and_finds_its_folders(String name) {
        PodTemplateSpec template = deployment(name).getSpec().getTemplate();
        Container container = container(template);
        assertProbe(container.getStartupProbe(), "/q/health/started", template);
        assertProbe(container.getReadinessProbe(), "/q/health/ready", template);
        assertProbe(container.getLivenessProbe(), "/q/health/live", template);
        ContainerPort port = container.getPorts().getFirst();
        assertThat(container.getEnv()).anySatisfy(variable -> {
            assertThat(variable.getName()).isEqualTo("QUARKUS_HTTP_PORT");
            assertThat(variable.getValue()).isEqualTo(String.valueOf(port.getContainerPort()));
        });
        Map<String, String> config = Repository.env(FOLDER + "config.env");
        assertThat(container.getVolumeMounts())
                .extracting(mount -> mount.getMountPath())
                .contains(config.get("MILLRACE_HOME"), config.get("MILLRACE_STORE_LOCAL_PATH"));
        assertThat(Repository.text(name + "/Dockerfile")).contains("EXPOSE " + port.getContainerPort());
        assertThat(kustomization.images())
                .extracting(KubernetesFiles.Image::name)
                .contains(container.getImage());
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    }

    @Test
    void every_pod_is_confined_and_limited() {
        templates().forEach(template -> {
            var pod = template.getSpec();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            // Kubernetes would otherwise set RABBITMQ_PORT to tcp://address:port, which is the name of our key.
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(30);
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            Container container = container(template);
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        });
    }

    @Test
    void two_apis_never_run_at_once_because_the_ledger_is_a_file() {
        var spec = deployment("api-service").getSpec();
        assertThat(spec.getReplicas()).isEqualTo(1);
        assertThat(spec.getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void workers_reach_the_broker_and_names_and_nothing_else() {
        NetworkPolicy policy = policies()
                .filter(candidate -> candidate.getMetadata().getName().equals("transcode-worker"))
                .findFirst()
                .orElseThrow();
        assertThat(policy.getSpec().getPolicyTypes()).contains("Egress");
        assertThat(policy.getSpec().getEgress()).hasSize(2).allSatisfy(rule -> {
            assertThat(rule.getTo()).isNotEmpty();
            assertThat(rule.getPorts())
                    .extracting(port -> port.getPort().getIntVal())
                    .containsAnyOf(53, 5672);
        });
        LabelSelector broker =
                policy.getSpec().getEgress().get(1).getTo().getFirst().getPodSelector();
        assertThat(podsMatching(broker.getMatchLabels())).hasSize(1);
    }

    private void assertProbe(Probe probe, String path, PodTemplateSpec template) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(portNames(template)).contains(probe.getHttpGet().getPort().getStrVal());
    }

    private Stream<PodTemplateSpec> templates() {
        return Stream.concat(
                deployments().map(deployment -> deployment.getSpec().getTemplate()),
                all(StatefulSet.class).map(set -> set.getSpec().getTemplate()));
    }

    private List<PodTemplateSpec> podsMatching(Map<String, String> labels) {
        return templates()
                .filter(template ->
                        template.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    private Stream<Deployment> deployments() {
        return all(Deployment.class);
    }

    private Stream<NetworkPolicy> policies() {
        return all(NetworkPolicy.class);
    }

    private Deployment deployment(String name) {
        return deployments()
                .filter(candidate -> candidate.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Service service(String name) {
        return all(Service.class)
                .filter(candidate -> candidate.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private <T> Stream<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }

    private static Container container(PodTemplateSpec template) {
        assertThat(template.getSpec().getContainers()).hasSize(1);
        return template.getSpec().getContainers().getFirst();
    }

    private static List<String> portNames(PodTemplateSpec template) {
        return container(template).getPorts().stream()
                .map(ContainerPort::getName)
                .toList();
    }

    private static Set<String> names(List<KubernetesFiles.Generator> generators) {
        Set<String> names = new TreeSet<>();
        generators.forEach(generator -> names.add(generator.name()));
        return names;
    }
}
