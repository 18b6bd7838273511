package org.millrace.standalone.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An overlay of {@code k8s/} as it would be applied, by type. */
final class Overlay {

    private final Kustomize built;
    private final List<HasMetadata> objects;

    /** The overlay of a folder in {@code k8s/}. */
    Overlay(String name) {
        built = Kustomize.build("k8s/" + name);
        objects = built.objects().stream()
                .filter(KubernetesFiles::isBuiltIn)
                .map(KubernetesFiles::typed)
                .toList();
    }

    /** How it was put together. */
    Kustomize built() {
        return built;
    }

    /** Objects of kinds that Kubernetes itself does not know. */
    List<ObjectNode> custom() {
        return built.objects().stream()
                .filter(object -> !KubernetesFiles.isBuiltIn(object))
                .toList();
    }

    /** All objects that Kubernetes knows. */
    List<HasMetadata> objects() {
        return objects;
    }

    /** Objects of one type. */
    <T> Stream<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }

    /** The deployment of a name. */
    Deployment deployment(String name) {
        return named(Deployment.class, name);
    }

    /** The service of a name. */
    Service service(String name) {
        return named(Service.class, name);
    }

    /** The object of a type and a name. */
    <T extends HasMetadata> T named(Class<T> type, String name) {
        return all(type)
                .filter(candidate -> candidate.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    /** What pods are made from. */
    Stream<PodTemplateSpec> templates() {
        return Stream.concat(
                all(Deployment.class).map(deployment -> deployment.getSpec().getTemplate()),
                all(StatefulSet.class).map(set -> set.getSpec().getTemplate()));
    }

    /** Kinds of pods that a selector picks. */
    List<PodTemplateSpec> podsMatching(LabelSelector selector) {
        return templates()
                .filter(pod -> matches(pod.getMetadata().getLabels(), selector))
                .toList();
    }

    /** The variables that a container gets by name: those of config maps and secrets, then its own. */
    Map<String, String> environment(Container container) {
        Map<String, String> variables = new LinkedHashMap<>();
        container.getEnvFrom().forEach(source -> {
            if (source.getConfigMapRef() != null) {
                variables.putAll(built.configMaps().get(source.getConfigMapRef().getName()));
            }
            if (source.getSecretRef() != null) {
                variables.putAll(built.secrets().get(source.getSecretRef().getName()));
            }
        });
        container.getEnv().forEach(variable -> variables.put(variable.getName(), variable.getValue()));
        return variables;
    }

    /** The one container of a pod. */
    static Container container(PodTemplateSpec template) {
        List<Container> containers = template.getSpec().getContainers();
        if (containers.size() != 1) {
            throw new AssertionError("not one container: " + containers);
        }
        return containers.getFirst();
    }

    /** The names of a pod's ports. */
    static List<String> portNames(PodTemplateSpec template) {
        return container(template).getPorts().stream()
                .map(ContainerPort::getName)
                .toList();
    }

    private static boolean matches(Map<String, String> labels, LabelSelector selector) {
        boolean byLabel = selector.getMatchLabels() == null
                || labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
        return byLabel && selector.getMatchExpressions().stream().allMatch(requirement -> meets(labels, requirement));
    }

    private static boolean meets(Map<String, String> labels, LabelSelectorRequirement requirement) {
        if (!requirement.getOperator().equals("In")) {
            throw new AssertionError("not understood here: " + requirement);
        }
        return requirement.getValues().contains(labels.get(requirement.getKey()));
    }
}
