package org.millrace.standalone.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads Kubernetes objects from YAML, strictly: a field that the API does not know is an error. */
final class KubernetesFiles {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/Service", Service.class,
            "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
            "apps/v1/Deployment", Deployment.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "networking.k8s.io/v1/Ingress", Ingress.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

    private static final YAMLMapper STRICT = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .annotationIntrospector(new WithoutCatchAll())
            .build();

    private KubernetesFiles() {}

    /** The documents of a YAML text as trees; a key that stands twice is an error. */
    static List<ObjectNode> documents(String yaml) {
        List<ObjectNode> documents = new ArrayList<>();
        try (MappingIterator<ObjectNode> found =
                STRICT.readerFor(ObjectNode.class).readValues(yaml)) {
            found.forEachRemaining(documents::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    /** Whether an object is of a kind that is built into Kubernetes. */
    static boolean isBuiltIn(JsonNode object) {
        String group = object.path("apiVersion").asText();
        return !group.contains(".") || group.split("/")[0].endsWith(".k8s.io");
    }

    /**
     * A tree as the type of its kind.
     *
     * @throws UncheckedIOException if the kind is not known here or has no such field
     */
    static HasMetadata typed(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        if (!KINDS.containsKey(kind)) {
            throw new IllegalArgumentException("no type is known for " + kind);
        }
        try {
            return STRICT.treeToValue(object, KINDS.get(kind));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(kind, e);
        }
    }

    /** A kustomization, as strictly. */
    static Kustomization kustomization(String yaml) {
        try {
            return STRICT.readValue(yaml, Kustomization.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model's types keep unknown fields in a map; without it, unknown fields are errors. */
    private static final class WithoutCatchAll extends JacksonAnnotationIntrospector {

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return Boolean.FALSE;
        }
    }

    /** The fields of a kustomization or component that are used here. */
    record Kustomization(
            String apiVersion,
            String kind,
            String namespace,
            List<String> resources,
            List<String> components,
            List<Patch> patches,
            List<Image> images,
            List<Generator> configMapGenerator,
            List<Generator> secretGenerator) {}

    /** A file of changes to objects; its documents say which. */
    record Patch(String path) {}

    /** The tag that an image gets. */
    record Image(String name, String newTag) {}

    /** A config map or secret made from env files, or added to one that is. */
    record Generator(String name, String behavior, List<String> envs) {}
}
