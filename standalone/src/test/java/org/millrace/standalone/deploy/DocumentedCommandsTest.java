package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in the documentation that no test can run name only what the files have, and say that they were not run. */
class DocumentedCommandsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    private static final String NOT_RUN = "# not run here: ";
    private static final Pattern NEEDS_MORE = Pattern.compile("(?m)^(docker|kubectl) ");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/install.md", "docs/operations.md", "docs/troubleshooting.md"})
    void what_needs_an_engine_or_a_cluster_is_marked(String document) {
        for (String block : blocksOf(document)) {
            assertThat(block.startsWith(NOT_RUN) || !NEEDS_MORE.matcher(block).find())
                    .as(document + ":\n" + block)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_names_what_exists(String command) {
        assertThat(complaint(command)).isEmpty();
    }

    @Test
    void a_command_that_names_what_does_not_exist_is_found() {
        assertThat(Stream.of(
                        "kubectl apply -k k8s",
                        "kubectl -n millrace rollout status deployment/api",
                        "kubectl -n other rollout status deployment/api-service",
                        "docker build -f Dockerfile -t millrace/api-service .",
                        "docker build -f api-service/Dockerfile --build-arg DB=postgresql -t millrace/api-service .",
                        "docker compose up --scale worker=4",
                        "cp k8s/broker.env.example k8s/broker.env",
                        "./millrace fly",
                        "docker compose run --rm --no-deps -v /b:/backup --entrypoint java api-service -cp 'lib/*'"
                                + " org.millrace.Backup backup /backup",
                        "pg_dump --schema-only millrace",
                        "psql --command=\"delete from video\"",
                        "helm install"))
                .allSatisfy(command -> assertThat(complaint(command)).isNotEmpty());
    }

    static List<String> commands() {
        List<String> commands = new ArrayList<>();
        for (String document : List.of("docs/install.md", "docs/operations.md", "docs/troubleshooting.md")) {
            for (String block : blocksOf(document)) {
                block.lines().filter(line -> !line.startsWith("#")).forEach(commands::add);
            }
        }
        return commands;
    }

    /** What is wrong with a command; empty if nothing is. */
    private static String complaint(String command) {
        Matcher found;
        if ((found = match("cp (\\S+)\\.example \\1", command)).matches()) {
            return exists(found.group(1) + ".example");
        }
        if ((found = match("(?:MILLRACE_HOME=\\S+ )?\\./millrace ([a-z-]+)( .*)?", command)).matches()) {
            return Repository.text("millrace").contains("    " + found.group(1) + ") ") ? "" : "no such command";
        }
        if ((found = match(
                        "docker build -f (\\S+)( --build-arg (\\w+)=\\w+)? -t (millrace/[a-z-]+)(:\\S+)? \\.", command))
                .matches()) {
            String missing = exists(found.group(1));
            boolean known = missing.isEmpty()
                    && (found.group(3) == null
                            || Repository.text(found.group(1)).contains("ARG " + found.group(3) + "="));
            return known ? "" : "no such file or argument";
        }
        if (match("docker run .*-p 127\\.0\\.0\\.1:8080:8080 .*millrace/standalone", command)
                .matches()) {
            return "";
        }
        if ((found = match("docker compose (up|build|ps)(?: -d)?(?: --build)?(?: --scale (\\S+)=\\d+)?", command))
                .matches()) {
            JsonNode services = Repository.yaml("docker-compose.yml").get("services");
            return found.group(2) == null || services.has(found.group(2)) ? "" : "no such service";
        }
        if ((found = match(
                        "docker compose run --rm --no-deps -v \\S+:/backup --entrypoint java (\\S+) -cp '\\S+'"
                                + " (\\S+) (?:backup|restore) /backup",
                        command))
                .matches()) {
            String program = found.group(2).replace('.', '/') + ".java";
            return Repository.yaml("docker-compose.yml").get("services").has(found.group(1))
                    ? exists("api-service/src/main/java/" + program)
                    : "no such service";
        }
        if ((found = match("(createdb|pg_dump|pg_restore|psql) (.*)", command)).matches()) {
            return runByTest(found.group(1), found.group(2));
        }
        if ((found = match("kubectl apply -k (k8s/\\S+)", command)).matches()) {
            return exists(found.group(1) + "/kustomization.yaml");
        }
        if ((found = match(
                        "kubectl -n (\\S+) (?:rollout (?:status|undo)|scale) deployment/(\\S+)(?: --replicas=0)?",
                        command))
                .matches()) {
            return inCluster(found.group(1), found.group(2));
        }
        if ((found = match("kubectl -n (\\S+) get scaledobject (\\S+)", command)).matches()) {
            return inCluster(found.group(1), found.group(2));
        }
        return "not a command that is understood here";
    }

    /** What is told of PostgreSQL's programs is what a test does with them. */
    private static String runByTest(String program, String arguments) {
        String test = Repository.text("standalone/src/test/java/org/millrace/standalone/whole/DumpAndBucketIT.java");
        boolean known = program.equals("createdb") || test.contains("\"" + program + "\"");
        return known
                        && Pattern.compile("--[a-z-]+(=\"[^\"]+\")?")
                                .matcher(arguments)
                                .results()
                                .map(option -> option.group().replace("\"", ""))
                                .allMatch(test::contains)
                ? ""
                : "not what the test does";
    }

    private static String inCluster(String namespace, String deployment) {
        return new Overlay("scale-out")
                        .all(Deployment.class)
                        .map(Deployment::getMetadata)
                        .anyMatch(it -> it.getName().equals(deployment)
                                && it.getNamespace().equals(namespace))
                ? ""
                : "no such deployment";
    }

    private static String exists(String path) {
        return Repository.file(path).toFile().isFile() ? "" : "no such file: " + path;
    }

    private static Matcher match(String pattern, String command) {
        return Pattern.compile(pattern).matcher(command);
    }

    private static List<String> blocksOf(String document) {
        List<String> blocks = BLOCK.matcher(Repository.text(document))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(document.equals("docs/troubleshooting.md") || !blocks.isEmpty())
                .isTrue();
        return blocks;
    }
}
