package org.millrace.api.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A data folder of its own for every start of the application under test. */
public class TemporaryHome implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            Path homes = Files.createDirectories(Path.of("target", "test-homes"));
            Path home = Files.createTempDirectory(homes.toAbsolutePath(), "home");
            return Map.of("millrace.home", home.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // `mvn clean` removes it: what a failed test has left is the best witness.
    }
}
