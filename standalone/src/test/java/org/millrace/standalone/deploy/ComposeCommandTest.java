package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.standalone.deploy.Shell.Run;

/** {@code ./millrace compose-test}: what it says when it cannot run, and how it judges an installation that it can. */
class ComposeCommandTest {

    private static final String READY = "{\"id\":\"x\",\"state\":\"READY\",\"media\":{\"hls\":\"/media/master.m3u8\"}}";

    private FakeProduct product;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("live"), "4");
        product = new FakeProduct();
        product.at("/q/metrics", this::metrics);
        product.object("/media/master.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n");
        product.object("/media/v.m3u8", "#EXTM3U\n#EXTINF:2.0,\nv.ts\n#EXT-X-ENDLIST\n");
        product.object("/media/v.ts", "film");
    }

    @AfterEach
    void stop() {
        product.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--videos", "--videos 0", "--videos many", "20"})
    void what_it_does_not_know_is_refused_with_a_sentence(String arguments) throws Exception {
        Run run = composeTest(Map.of(), arguments.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine())
                .startsWith("millrace: ")
                .contains("./millrace compose-test [--postgres] [--videos NUMBER]");
    }

    @Test
    void without_docker_one_line_says_the_remedy() throws Exception {
        Run run = checkDocker("have() { [ \"$1\" != docker ]; }");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "millrace: compose-test needs a Docker engine with Compose 2.24 or newer: install both from");
    }

    @Test
    void without_an_engine_that_answers_one_line_says_the_remedy() throws Exception {
        docker("exit 1");
        Run run = composeTest(Map.of("PATH", path()));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output().lines()).hasSize(1);
        assertThat(run.lastLine())
                .startsWith("millrace: No Docker engine answers")
                .contains("set DOCKER_HOST");
    }

    @ParameterizedTest
    @CsvSource({"echo 1.29.2, 1.29.2", "echo v2.23.3, v2.23.3", "exit 1, none"})
    void a_compose_that_is_too_old_is_refused(String version, String told) throws Exception {
        docker("[ \"$1\" = info ] || " + version);
        Run run = composeTest(Map.of("PATH", path()));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output().lines()).hasSize(1);
        assertThat(run.lastLine()).contains("needs Docker Compose 2.24 or newer, here is " + told + ":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.24.0", "v2.26.1-4", "5.0.1"})
    void a_compose_that_is_new_enough_is_taken(String version) throws Exception {
        docker("[ \"$1\" = info ] || echo " + version);
        assertThat(checkDocker("PATH='" + path() + "'").exitCode()).isZero();
    }

    @Test
    void stand_ins_exist_for_all_that_is_pulled_and_build_upon_each_other_in_order() throws Exception {
        Run run = parts("compose() { printf '%s\\n' rabbitmq:4-management millrace/api-service:x s3/seaweedfs:1; };"
                + "base_images");
        assertThat(run.output().lines())
                .containsExactly(
                        "debian:trixie-slim",
                        "eclipse-temurin:25-jre",
                        "node:22-bookworm-slim",
                        "maven:3.9-eclipse-temurin-25",
                        "rabbitmq:4-management",
                        "s3/seaweedfs:1");
        Run unknown = parts("temporary='" + folder + "'; stand_in grafana/grafana:12.1.0");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.lastLine())
                .startsWith("millrace: grafana/grafana:12.1.0 cannot be pulled, and there is no stand-in");
    }

    @Test
    void the_stand_in_for_the_s3_server_is_the_server_of_the_tests() {
        String version = Repository.text("pom.xml").replaceAll("(?s).*<s3proxy.version>(.*?)<.*", "$1");
        assertThat(Repository.text("launcher/stand-ins/s3/pom.xml")).contains("<version>" + version + "</version>");
    }

    @Test
    void clips_that_all_play_while_the_workers_come_and_go_are_success() throws Exception {
        product.video("clip.webm", READY);
        Run run = trial("8");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(Files.readString(folder.resolve("asked"))).isEqualTo("1\n4\n");
        assertThat(run.output())
                .contains(
                        "| scaled down meanwhile | 1 | 6 |",
                        "| all ready | 4 | 8 | 8 |",
                        "| videos that play | 8, each at least 2.0 s |",
                        "| workers that took part | 2 |",
                        "| attempts at tasks | handed back 8, succeeded 8 |",
                        "| sandbox of the workers | bubblewrap |");
    }

    @Test
    void a_clip_that_does_not_play_is_no_success() throws Exception {
        product.video("clip.webm", READY);
        product.object("/media/v.m3u8", "#EXTM3U\n#EXTINF:2.0,\nv.ts\n");
        Run run = trial("2");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).isEqualTo("compose-test: /media/v.m3u8 has no end");
    }

    @Test
    void a_clip_that_is_given_up_is_no_success_and_the_reason_is_said() throws Exception {
        product.video("clip.webm", "{\"state\":\"FAILED\",\"failure\":{\"message\":\"No worker is left.\"}}");
        Run run = trial("2");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).endsWith("ended as FAILED: No worker is left.");
    }

    @Test
    void workers_that_cannot_be_scaled_are_no_success_and_the_reason_is_said() throws Exception {
        product.video("clip.webm", READY);
        Path broken = program("broken", "echo 'no such service'; exit 3");
        Run run = trial("4", broken.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).isEqualTo("compose-test: scaling to 1 workers failed: no such service");
    }

    private String metrics() {
        try {
            String live = Files.readString(folder.resolve("live")).strip();
            return "# HELP millrace_workers live workers\nmillrace_workers " + live + ".0\n"
                    + "millrace_worker_alive{host=\"h\",sandbox=\"bubblewrap\",worker=\"w\"} 1.0\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the trial against the fake product, whose number of workers the command changes as compose would. */
    private Run trial(String number) throws Exception {
        Path scale = program(
                "scale",
                "n=${1#transcode-worker=}; echo \"$n\" >>'" + folder + "/asked'; echo \"$n\" >'" + folder + "/next';"
                        + " mv '" + folder + "/next' '" + folder + "/live'");
        return trial(number, scale.toString());
    }

    private Run trial(String number, String command) throws Exception {
        Path clip = Files.writeString(folder.resolve("clip.webm"), "a film");
        return LauncherPrograms.run("millrace.compose.ScaleTrial", product.url(), clip.toString(), number, command);
    }

    private static Run composeTest(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Repository.file("millrace").toString(), "compose-test"));
        command.addAll(List.of(arguments));
        return Shell.run(environment, command);
    }

    private static Run checkDocker(String before) throws Exception {
        return parts("UNABLE=2; " + before + "; check_docker");
    }

    private static Run parts(String line) throws Exception {
        String load = "set -euo pipefail; ROOT='" + Repository.root() + "'; "
                + "for part in say tools product stand-ins compose-test; do . \"$ROOT/launcher/$part.sh\"; done; ";
        return Shell.run(Map.of(), List.of("bash", "-c", load + line));
    }

    private void docker(String body) throws IOException {
        program("docker", body);
    }

    private String path() {
        return folder + ":" + System.getenv("PATH");
    }

    private Path program(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
