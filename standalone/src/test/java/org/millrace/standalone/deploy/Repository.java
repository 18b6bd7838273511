package org.millrace.standalone.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of this repository, found from wherever the build runs a test. */
final class Repository {

    private static final Path ROOT = findRoot();

    private Repository() {}

    /** The folder that holds the launcher. */
    static Path root() {
        return ROOT;
    }

    /** A file by its path from the root. */
    static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** The text of a file. */
    static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML file as a tree, its anchors put in where they are meant; a key that stands twice is an error. */
    static JsonNode yaml(String path) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(100);
        Object tree = new Yaml(new SafeConstructor(options)).load(text(path));
        return new ObjectMapper().valueToTree(tree);
    }

    /** The files below a folder, by their paths from the root. */
    static List<String> files(String folder) {
        try (Stream<Path> files = Files.walk(file(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables of an env file, those in comments ({@code #NAME=value}) too. */
    static Map<String, String> env(String path) {
        Map<String, String> variables = new TreeMap<>();
        text(path).lines().filter(line -> line.matches("#?[A-Z0-9_]+=.*")).forEach(line -> {
            String[] parts = line.replaceFirst("^#", "").split("=", 2);
            variables.put(parts[0], parts[1]);
        });
        return variables;
    }

    private static Path findRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("docker-compose.yml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no docker-compose.yml above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }
}
