package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.deploy.Shell.Run;
import org.millrace.standalone.testbed.Ports;

/** What the images do to start sooner, done to the packaged API. */
class AotCacheIT {

    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    @TempDir
    Path folder;

    @Test
    void the_cache_is_made_and_the_programs_own_classes_come_from_it() throws Exception {
        Path cache = folder.resolve("app.aot");
        String jar = Repository.file("api-service/target/quarkus-app/quarkus-run.jar")
                .toString();
        String home = System.getProperty("java.home");
        Map<String, String> environment = Map.of(
                "AOT_PORT",
                String.valueOf(Ports.free()),
                "JAVA_HOME",
                home,
                "PATH",
                home + "/bin:" + System.getenv("PATH"));

        Run made = Shell.run(
                environment, List.of(Repository.file("deploy/aot.sh").toString(), cache.toString(), jar, NATIVE));

        if (Runtime.version().feature() < 25) {
            assertThat(made.exitCode()).isEqualTo(1);
            assertThat(made.lastLine()).contains("it takes Java 25 or newer");
            return;
        }
        assertThat(made.exitCode()).as(made.output()).isZero();
        assertThat(Files.size(cache)).isGreaterThan(10_000_000);
        Path loaded = folder.resolve("loaded.log");
        Process started = new ProcessBuilder(
                        home + "/bin/java",
                        "-XX:AOTCache=" + cache,
                        "-Xlog:class+load:file=" + loaded,
                        NATIVE,
                        "-Dmillrace.home=" + folder.resolve("home"),
                        "-Dquarkus.http.port=" + Ports.free(),
                        "-jar",
                        jar)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        try {
            Awaitility.await("classes of ours that come from the cache")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> fromCache(loaded) > 100);
        } finally {
            started.destroy();
            started.waitFor();
        }
    }

    private static long fromCache(Path loaded) throws IOException {
        if (!Files.exists(loaded)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(loaded)) {
            return lines.filter(line -> line.contains(" org.millrace.") && line.contains("shared objects file"))
                    .count();
        }
    }
}
