package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images are made from public ones, run the program of their module as an ordinary user and tell their health. */
class DockerfilesTest {

    /** What may stand after FROM besides stages of the same file: images that anybody can pull. */
    private static final Set<String> PUBLIC = Set.of(
            "node:22-bookworm-slim", "maven:3.9-eclipse-temurin-25", "eclipse-temurin:25-jre", "debian:trixie-slim");

    private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+)(?: AS (\\S+))?$");

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "transcode-worker", "standalone"})
    void an_image_runs_the_program_of_its_module_as_an_ordinary_user(String module) {
        String dockerfile = dockerfile(module);
        assertThat(dockerfile)
                .contains("-pl " + module + " -am")
                .contains("/src/" + module + "/target/quarkus-app /app")
                .containsPattern("(?m)^USER 10001:10001$");
        // What comes after the user is the last stage's: nothing is installed there.
        assertThat(dockerfile.substring(dockerfile.indexOf("USER "))).doesNotContain("RUN ", "COPY ");
        Matcher env = Pattern.compile("([A-Z_]+)=\\S+").matcher(dockerfile.substring(dockerfile.lastIndexOf("\nENV ")));
        while (env.find()) {
            assertThat(ConfigKeys.environmentNames()).contains(env.group(1));
        }
        String port = dockerfile.replaceAll("(?s).*QUARKUS_HTTP_PORT=(\\d+).*", "$1");
        assertThat(dockerfile)
                .contains("EXPOSE " + port)
                .containsPattern("(?m)^HEALTHCHECK .*127\\.0\\.0\\.1:" + port + "/q/health/ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "transcode-worker", "standalone"})
    void an_image_is_made_from_public_images_in_stages(String module) {
        Set<String> stages = new TreeSet<>();
        Matcher from = FROM.matcher(dockerfile(module));
        while (from.find()) {
            assertThat(PUBLIC.contains(from.group(1)) || stages.contains(from.group(1)))
                    .as(from.group())
                    .isTrue();
            if (from.group(2) != null) {
                stages.add(from.group(2));
            }
        }
        assertThat(stages).contains("build", "java", "program", "trained");
        // Whoever bundles pages does it with Node.
        assertThat(stages.contains("node")).isEqualTo(!module.equals("transcode-worker"));
        // Cache mounts and the like need BuildKit; a plain docker build has to do.
        assertThat(dockerfile(module)).doesNotContain("--mount", "# syntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "transcode-worker", "standalone"})
    void a_program_starts_from_the_cache_that_was_made_of_the_same_jar(String module) {
        String dockerfile = dockerfile(module);
        assertThat(dockerfile)
                .contains("COPY deploy/aot.sh /")
                .contains("RUN /aot.sh /app.aot /app/quarkus-run.jar --enable-native-access=ALL-UNNAMED")
                .contains("COPY --from=trained /app.aot /app.aot")
                .containsPattern("(?m)^ENTRYPOINT .*\"-XX:AOTCache=/app.aot\".*\"/app/quarkus-run.jar\"");
        assertThat(Repository.file("deploy/aot.sh")).isExecutable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transcode-worker", "standalone"})
    void what_runs_ffmpeg_has_it_a_sandbox_and_a_collector_of_orphans(String module) {
        assertThat(dockerfile(module)).containsPattern("install .*\\bbubblewrap .*\\bffmpeg .*\\btini\\b");
        assertThat(dockerfile(module)).contains("ENTRYPOINT [\"tini\", \"--\", \"java\"");
    }

    @Test
    void the_api_is_built_for_one_of_two_databases_and_for_no_other() {
        assertThat(dockerfile("api-service"))
                .contains(
                        "ARG DATABASE=sqlite", "-Dquarkus.profile=postgresql", "DATABASE must be sqlite or postgresql");
    }

    @Test
    void what_a_build_reads_is_sent_to_the_engine_and_what_is_secret_is_not() {
        List<String> ignored = Repository.text(".dockerignore").lines().toList();
        assertThat(ignored).contains(".env", "k8s", "docs/*", "!docs/errors.md").doesNotContain("deploy", "docs");
        assertThat(Repository.text("api-service/pom.xml"))
                .contains("<directory>../docs</directory>", "<include>errors.md</include>");
        assertThat(ignored).contains("launcher/*", "!launcher/src");
        assertThat(Repository.text("standalone/pom.xml")).contains("<source>../launcher/src</source>");
    }

    private static String dockerfile(String module) {
        return Repository.text(module + "/Dockerfile");
    }
}
