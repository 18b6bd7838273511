package org.millrace.standalone.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Puts an overlay together as kustomize does, with the part of kustomize that the files here use: resources, components,
 * strategic merge patches, generators from env files, namespace and images. Generated names get no hash, and secrets come
 * from the examples.
 */
final class Kustomize {

    /** The field by which elements of a list are the same one; lists of other names are replaced as a whole. */
    private static final Map<String, String> MERGE_KEYS = Map.of(
            "containers", "name",
            "env", "name",
            "volumes", "name",
            "volumeMounts", "mountPath",
            "ports", "containerPort");

    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> configMaps = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> secrets = new LinkedHashMap<>();
    private final List<Path> files = new ArrayList<>();

    private Kustomize() {}

    /** An overlay by its folder, from the root of the repository. */
    static Kustomize build(String folder) {
        Kustomize built = new Kustomize();
        built.add(Repository.file(folder));
        return built;
    }

    /** Everything that would be applied, without what generators make. */
    List<ObjectNode> objects() {
        return List.copyOf(objects.values());
    }

    /** The generated config maps by name. */
    Map<String, Map<String, String>> configMaps() {
        return configMaps;
    }

    /** The generated secrets by name, with the keys of the examples. */
    Map<String, Map<String, String>> secrets() {
        return secrets;
    }

    /** Every file that was read, so that one that is read by nobody is found. */
    List<Path> files() {
        return files;
    }

    private void add(Path folder) {
        Path file = folder.resolve("kustomization.yaml");
        KubernetesFiles.Kustomization rules = KubernetesFiles.kustomization(read(file));
        for (String resource : orNone(rules.resources())) {
            Path path = folder.resolve(resource).normalize();
            if (Files.isDirectory(path)) {
                add(path);
            } else {
                documents(path).forEach(object -> objects.put(id(object), object));
            }
        }
        for (String component : orNone(rules.components())) {
            add(folder.resolve(component).normalize());
        }
        for (KubernetesFiles.Patch patch : orNone(rules.patches())) {
            documents(folder.resolve(patch.path())).forEach(change -> {
                ObjectNode target = Objects.requireNonNull(objects.get(id(change)), "nothing to patch: " + id(change));
                merge(target, change);
            });
        }
        orNone(rules.configMapGenerator()).forEach(generator -> generate(folder, generator, configMaps, ""));
        orNone(rules.secretGenerator()).forEach(generator -> generate(folder, generator, secrets, ".example"));
        objects.values().forEach(object -> finish(object, rules));
    }

    private void generate(
            Path folder, KubernetesFiles.Generator generator, Map<String, Map<String, String>> into, String suffix) {
        Map<String, String> values = new LinkedHashMap<>();
        if ("merge".equals(generator.behavior())) {
            values.putAll(Objects.requireNonNull(into.get(generator.name()), "nothing to merge: " + generator.name()));
        } else if (into.containsKey(generator.name())) {
            throw new IllegalStateException("generated twice: " + generator.name());
        }
        for (String env : generator.envs()) {
            read(folder.resolve(env + suffix))
                    .lines()
                    .filter(line -> line.matches("[A-Z0-9_]+=.*"))
                    .forEach(line -> {
                        String[] parts = line.split("=", 2);
                        values.put(parts[0], parts[1]);
                    });
        }
        into.put(generator.name(), values);
    }

    private static void finish(ObjectNode object, KubernetesFiles.Kustomization rules) {
        boolean isNamespace = object.path("kind").asText().equals("Namespace");
        if (rules.namespace() != null && !isNamespace) {
            ((ObjectNode) object.get("metadata")).put("namespace", rules.namespace());
        }
        for (KubernetesFiles.Image image : orNone(rules.images())) {
            object.findParents("image").stream()
                    .filter(container -> container.get("image").asText().equals(image.name()))
                    .forEach(container -> ((ObjectNode) container).put("image", image.name() + ":" + image.newTag()));
        }
    }

    private static void merge(ObjectNode target, JsonNode change) {
        change.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            JsonNode present = target.get(name);
            if (value.isNull()) {
                target.remove(name);
            } else if (value.isObject() && present instanceof ObjectNode object) {
                // The kind of a strategy decides which other fields it may have.
                if (name.equals("strategy")) {
                    object.removeAll();
                }
                merge(object, value);
            } else if (value.isArray() && present instanceof ArrayNode list && MERGE_KEYS.containsKey(name)) {
                value.forEach(element -> mergeElement(list, element, MERGE_KEYS.get(name)));
            } else {
                target.set(name, value.deepCopy());
            }
        });
    }

    private static void mergeElement(ArrayNode list, JsonNode element, String key) {
        for (JsonNode present : list) {
            if (present.get(key).equals(element.get(key))) {
                merge((ObjectNode) present, element);
                return;
            }
        }
        list.add(element.deepCopy());
    }

    private Stream<ObjectNode> documents(Path file) {
        return KubernetesFiles.documents(read(file)).stream();
    }

    private String read(Path file) {
        files.add(file.normalize());
        return Repository.text(Repository.root().relativize(file.normalize()).toString());
    }

    private static String id(JsonNode object) {
        return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
    }

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list;
    }
}
