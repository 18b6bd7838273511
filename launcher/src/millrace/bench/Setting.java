package millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where and how a run takes place.
 *
 * @param jar the packaged product
 * @param scratch folder of this run, removed afterwards
 * @param sources where sources come from
 * @param quick whether short clips and few rounds do
 */
public record Setting(Path jar, Path scratch, Sources sources, boolean quick) {

    private static final AtomicInteger HOMES = new AtomicInteger();

    /** How often something is measured. */
    public int rounds() {
        return quick ? 2 : 5;
    }

    /** How often something expensive is measured. */
    public int expensiveRounds() {
        return quick ? 1 : 3;
    }

    /** A product with an empty home. */
    public OwnProduct product(String... settings) throws IOException, InterruptedException {
        Path home = scratch.resolve("home-" + HOMES.incrementAndGet());
        return OwnProduct.start(jar, home, List.of(settings));
    }

    /** An empty folder. */
    public Path folder(String name) throws IOException {
        return Files.createTempDirectory(scratch, name);
    }

    /** A sequence of seconds in words, for notes. */
    static String length(int seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 3600 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
