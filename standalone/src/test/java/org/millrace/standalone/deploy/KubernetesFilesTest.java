package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each overlay is made of objects that the API of Kubernetes knows, and all that they refer to exists. */
class KubernetesFilesTest {

    /** Read by the SDK of Amazon itself. */
    private static final Set<String> OF_AWS = Set.of("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

    @Test
    void a_misspelt_field_is_refused_at_any_depth() {
        String broken = Repository.text("k8s/base/api-service.yaml").replace("periodSeconds: 5", "periodSecond: 5");
        assertThatThrownBy(() -> KubernetesFiles.documents(broken).forEach(KubernetesFiles::typed))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(UnrecognizedPropertyException.class);
    }

    @Test
    void a_misspelt_field_of_a_kustomization_is_refused() {
        assertThatThrownBy(() -> KubernetesFiles.kustomization("resource:\n  - a.yaml"))
                .hasCauseInstanceOf(UnrecognizedPropertyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void every_object_lies_in_the_namespace_that_is_made_for_them(String name) {
        Overlay overlay = new Overlay(name);
        String namespace = overlay.all(Namespace.class)
                .findFirst()
                .orElseThrow()
                .getMetadata()
                .getName();
        assertThat(overlay.objects())
                .filteredOn(object -> !(object instanceof Namespace))
                .hasSizeGreaterThan(10)
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isEqualTo(namespace));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void every_environment_variable_sets_a_key_that_exists(String name) {
        Overlay overlay = new Overlay(name);
        Set<String> names = new TreeSet<>();
        overlay.all(Deployment.class)
                .map(deployment -> Overlay.container(deployment.getSpec().getTemplate()))
                .forEach(
                        container -> names.addAll(overlay.environment(container).keySet()));
        names.removeAll(OF_AWS);
        assertThat(names).hasSizeGreaterThan(8).isSubsetOf(ConfigKeys.environmentNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void config_maps_secrets_and_claims_that_pods_name_exist_and_are_used(String name) {
        Overlay overlay = new Overlay(name);
        Set<String> configMaps = new TreeSet<>();
        Set<String> secrets = new TreeSet<>();
        Set<String> claims = new TreeSet<>();
        overlay.templates().forEach(template -> {
            Container container = Overlay.container(template);
            container.getEnvFrom().forEach(source -> {
                if (source.getConfigMapRef() != null) {
                    configMaps.add(source.getConfigMapRef().getName());
                }
                if (source.getSecretRef() != null) {
                    secrets.add(source.getSecretRef().getName());
                }
            });
            container.getEnv().stream()
                    .filter(variable -> variable.getValueFrom() != null)
                    .map(variable -> variable.getValueFrom().getSecretKeyRef())
                    .forEach(reference -> {
                        secrets.add(reference.getName());
                        assertThat(overlay.built().secrets().get(reference.getName()))
                                .containsKey(reference.getKey());
                    });
            template.getSpec().getVolumes().stream()
                    .map(Volume::getPersistentVolumeClaim)
                    .filter(Objects::nonNull)
                    .forEach(claim -> claims.add(claim.getClaimName()));
        });
        assertThat(configMaps).isEqualTo(overlay.built().configMaps().keySet());
        assertThat(secrets).isEqualTo(overlay.built().secrets().keySet());
        assertThat(claims)
                .isEqualTo(new TreeSet<>(overlay.all(PersistentVolumeClaim.class)
                        .map(claim -> claim.getMetadata().getName())
                        .toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void no_secret_is_in_a_file_so_that_kustomize_stops_until_they_are_chosen(String name) {
        assertThat(new Overlay(name).built().secrets().values())
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(secret.values()).containsOnly(""));
        assertThat(Repository.text(".gitignore").lines()).contains("k8s/**/*.env", "!k8s/**/config.env", ".env");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void every_mounted_volume_is_declared_and_every_declared_one_is_mounted(String name) {
        Overlay overlay = new Overlay(name);
        overlay.templates().forEach(template -> {
            Set<String> declared = new TreeSet<>();
            template.getSpec().getVolumes().forEach(volume -> declared.add(volume.getName()));
            overlay.all(StatefulSet.class)
                    .filter(set -> set.getSpec().getTemplate() == template)
                    .forEach(set -> set.getSpec()
                            .getVolumeClaimTemplates()
                            .forEach(claim -> declared.add(claim.getMetadata().getName())));
            Set<String> mounted = new TreeSet<>();
            Overlay.container(template).getVolumeMounts().forEach(mount -> mounted.add(mount.getName()));
            assertThat(mounted).isEqualTo(declared);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void selectors_match_pods_that_exist(String name) {
        Overlay overlay = new Overlay(name);
        List<LabelSelector> selectors = new ArrayList<>();
        overlay.all(Service.class)
                .forEach(service -> selectors.add(labels(service.getSpec().getSelector())));
        overlay.all(Deployment.class).forEach(it -> selectors.add(it.getSpec().getSelector()));
        overlay.all(StatefulSet.class).forEach(it -> selectors.add(it.getSpec().getSelector()));
        overlay.all(PodDisruptionBudget.class)
                .forEach(it -> selectors.add(it.getSpec().getSelector()));
        assertThat(selectors)
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        selector -> assertThat(overlay.podsMatching(selector)).hasSize(1));
        assertThat(overlay.all(NetworkPolicy.class))
                .allSatisfy(policy -> assertThat(
                                overlay.podsMatching(policy.getSpec().getPodSelector()))
                        .isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void services_and_ingress_point_at_ports_that_exist(String name) {
        Overlay overlay = new Overlay(name);
        overlay.all(Service.class).forEach(service -> {
            PodTemplateSpec pod = overlay.podsMatching(labels(service.getSpec().getSelector()))
                    .getFirst();
            for (ServicePort port : service.getSpec().getPorts()) {
                assertThat(Overlay.portNames(pod)).contains(port.getTargetPort().getStrVal());
            }
        });
        overlay.all(Ingress.class)
                .flatMap(ingress -> ingress.getSpec().getRules().stream())
                .flatMap(rule -> rule.getHttp().getPaths().stream())
                .map(path -> path.getBackend().getService())
                .forEach(backend -> assertThat(
                                overlay.service(backend.getName()).getSpec().getPorts())
                        .extracting(ServicePort::getName)
                        .contains(backend.getPort().getName()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void the_broker_is_where_the_configuration_says_and_the_ingress_has_a_host_that_is_allowed(String name) {
        Overlay overlay = new Overlay(name);
        Map<String, String> config = overlay.built().configMaps().get("millrace");
        assertThat(overlay.service(config.get("RABBITMQ_HOST")).getSpec().getPorts())
                .extracting(port -> String.valueOf(port.getPort()))
                .contains(config.get("RABBITMQ_PORT"));
        assertThat(overlay.all(Ingress.class)
                        .flatMap(ingress -> ingress.getSpec().getRules().stream())
                        .map(rule -> rule.getHost()))
                .isNotEmpty()
                .allSatisfy(host -> assertThat(
                                config.get("MILLRACE_HTTP_ALLOWED_HOSTS").split(","))
                        .contains(host));
    }

    @ParameterizedTest
    @CsvSource({"small, api-service", "small, transcode-worker", "scale-out, api-service", "scale-out, transcode-worker"
    })
    void a_service_of_ours_is_probed_where_it_listens_and_may_write_where_it_has_to(String name, String service) {
        Overlay overlay = new Overlay(name);
        PodTemplateSpec template = overlay.deployment(service).getSpec().getTemplate();
        Container container = Overlay.container(template);
        assertProbe(container.getStartupProbe(), "/q/health/started", template);
        assertProbe(container.getReadinessProbe(), "/q/health/ready", template);
        assertProbe(container.getLivenessProbe(), "/q/health/live", template);
        ContainerPort port = container.getPorts().getFirst();
        Map<String, String> environment = overlay.environment(container);
        assertThat(environment).containsEntry("QUARKUS_HTTP_PORT", String.valueOf(port.getContainerPort()));
        assertThat(template.getMetadata().getAnnotations())
                .containsEntry("prometheus.io/port", String.valueOf(port.getContainerPort()));
        assertThat(Repository.text(service + "/Dockerfile")).contains("EXPOSE " + port.getContainerPort());
        assertThat(container.getImage()).startsWith("millrace/" + service + ":");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        List<String> mounts = container.getVolumeMounts().stream()
                .map(mount -> mount.getMountPath())
                .toList();
        assertThat(mounts).contains("/tmp", environment.get("MILLRACE_HOME"));
        if (environment.get("MILLRACE_STORE_KIND").equals("local")) {
            assertThat(mounts).contains(environment.get("MILLRACE_STORE_LOCAL_PATH"));
        } else {
            assertThat(environment).containsKeys("MILLRACE_STORE_S3_BUCKET", "AWS_SECRET_ACCESS_KEY");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "scale-out"})
    void every_pod_is_confined_and_limited(String name) {
        new Overlay(name).templates().forEach(template -> {
            var pod = template.getSpec();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            // Kubernetes would otherwise set RABBITMQ_PORT to tcp://address:port, which is the name of our key.
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            Container container = Overlay.container(template);
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        });
    }

    @Test
    void every_file_belongs_to_an_overlay() {
        Set<String> read = new TreeSet<>();
        Stream.of("small", "scale-out")
                .flatMap(name -> new Overlay(name).built().files().stream())
                .map(file -> Repository.root().relativize(file).toString())
                .forEach(read::add);
        assertThat(Repository.files("k8s"))
                .filteredOn(file -> file.endsWith(".yaml") || file.endsWith(".example") || file.endsWith("config.env"))
                .hasSizeGreaterThan(15)
                .isSubsetOf(read);
    }

    private static void assertProbe(Probe probe, String path, PodTemplateSpec template) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(Overlay.portNames(template))
                .contains(probe.getHttpGet().getPort().getStrVal());
    }

    private static LabelSelector labels(Map<String, String> labels) {
        return new LabelSelectorBuilder().withMatchLabels(labels).build();
    }
}
