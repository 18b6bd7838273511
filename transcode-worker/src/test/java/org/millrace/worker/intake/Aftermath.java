package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;
import org.millrace.store.ObjectInfo;
import org.millrace.worker.Clips;
import org.millrace.worker.attempt.ScratchConfig;
import org.millrace.worker.ffmpeg.FfmpegRunner;

/** What a hostile file leaves behind: nothing. */
@ApplicationScoped
class Aftermath {

    @Inject
    Chain chain;

    @Inject
    Sources sources;

    @Inject
    MediaStore store;

    @Inject
    FfmpegRunner runner;

    @Inject
    ScratchConfig scratch;

    /** Carries a file through all of its tasks within a time and sees that nothing is left and the next one is unaffected. */
    Chain.Ending carry(Path file, Duration budget) {
        List<ObjectKey> before = objects();
        long begun = System.nanoTime();
        Chain.Ending ending = chain.carry(file);
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                "%-24s %5.1f s %s%n",
                file.getFileName(),
                taken.toMillis() / 1000.0,
                ending.failure() == null ? "converted" : ending.failure().code().slug());
        assertThat(taken).as("time for " + file.getFileName()).isLessThan(budget);
        await().atMost(Duration.ofSeconds(5)).until(() -> runner.runningCount() == 0);
        assertThat(leftovers()).isEmpty();
        if (ending.failure() != null && ending.plan() == null) {
            assertThat(objects()).as("objects besides the source").hasSize(before.size() + 1);
        }
        assertThat(sources.analyse(Clips.movie("next.mp4", 1, 25, "-c:a", "aac"))
                        .remarks())
                .isEmpty();
        return ending;
    }

    private List<ObjectKey> objects() {
        try (Stream<ObjectInfo> all = store.list(new ObjectKey("v"))) {
            return all.map(ObjectInfo::key).toList();
        }
    }

    private List<Path> leftovers() {
        try (Stream<Path> files = Files.walk(scratch.path(), 2)) {
            return files.filter(path -> path.getFileName().toString().startsWith("attempt-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
