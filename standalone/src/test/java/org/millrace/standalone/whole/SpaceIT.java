package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;

/** How much room the work on a video takes: its source, its set, and one rendition more. */
class SpaceIT {

    private static final Duration END = Duration.ofMinutes(3);

    /** Directories, init sections, pictures that are being made and the ends of files that are being moved. */
    private static final long SMALL_THINGS = 400_000;

    @TempDir
    Path folder;

    @Test
    void peak_space_is_the_source_the_set_and_one_rendition() throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        try (Program millrace = Program.of("standalone")
                        .with("millrace.home", home)
                        .start(folder)
                        .awaitHealth("ready");
                ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor()) {
            Client client = millrace.client();
            Path clip = Clips.numbered(folder, "clip", 20, 640, 360);
            AtomicLong peak = new AtomicLong();
            watch.scheduleWithFixedDelay(
                    () -> peak.accumulateAndGet(
                            bytesBelow(home.resolve("media")) + bytesBelow(home.resolve("scratch")), Math::max),
                    0,
                    20,
                    TimeUnit.MILLISECONDS);
            String id = client.upload(clip);
            JsonNode video = client.awaitEnd(id, END);
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
            watch.shutdown();
            watch.awaitTermination(10, TimeUnit.SECONDS);

            Path source = home.resolve("media/v/" + id + "/source");
            Path set = home.resolve("media/v/" + id + "/set");
            Awaitility.await("work files to go")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> bytesBelow(home.resolve("media/v/" + id + "/work")) == 0
                            && bytesBelow(home.resolve("scratch")) == 0);
            long sourceBytes = bytesBelow(source);
            long setBytes = bytesBelow(set);
            long largest = largestBelow(set);
            assertThat(sourceBytes).isEqualTo(Files.size(clip));
            assertThat(peak.get())
                    .as(
                            "peak, with a source of %d, a set of %d and a largest object of %d",
                            sourceBytes, setBytes, largest)
                    .isGreaterThan(sourceBytes + setBytes / 2)
                    .isLessThan(sourceBytes + setBytes + largest + SMALL_THINGS);
            assertThat(bytesBelow(home.resolve("media"))).isEqualTo(sourceBytes + setBytes);
        }
    }

    private static long bytesBelow(Path folder) {
        return files(folder).mapToLong(SpaceIT::size).sum();
    }

    private static long largestBelow(Path folder) {
        return files(folder).mapToLong(SpaceIT::size).max().orElse(0);
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList().stream();
        } catch (IOException | UncheckedIOException e) {
            // A folder that went while it was looked at holds nothing.
            return Stream.empty();
        }
    }

    private static long size(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.size() : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
