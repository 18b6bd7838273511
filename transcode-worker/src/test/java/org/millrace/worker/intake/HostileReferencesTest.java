package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.Clips;
import org.millrace.worker.HostileFiles;
import org.millrace.worker.References;
import org.millrace.worker.Trap;

/** Files that point at other files or hosts: nobody is called, nothing else is read, nothing is left. */
@QuarkusTest
class HostileReferencesTest {

    private static final Duration REFUSAL = Duration.ofSeconds(5);
    private static final Duration CONVERSION = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Inject
    Aftermath aftermath;

    @Test
    void texts_that_players_follow_are_refused_under_any_name() throws IOException {
        Path canary = Files.copy(Clips.silent("canary.mp4", 1, 25), folder.resolve("canary.mp4"));
        HostileFiles files = new HostileFiles(folder);
        try (Trap trap = Trap.set(canary)) {
            for (Map.Entry<String, String> text : References.texts(
                            new References.Targets(trap.address(), trap.port(), canary))
                    .entrySet()) {
                requireRefused(files.text(text.getKey(), text.getValue()));
            }
            assertThat(trap.calls()).isZero();
            assertThat(trap.wasRead()).isFalse();
        }
    }

    @Test
    void archives_are_refused_even_with_a_film_inside() {
        HostileFiles files = new HostileFiles(folder);
        Path film = Clips.silent("canary.mp4", 1, 25);

        requireRefused(files.zip("film.mp4", film));
        requireRefused(files.tar("film.mkv", film));
    }

    @Test
    void films_that_point_elsewhere_are_converted_without_going_there() throws IOException {
        Path canary = Files.copy(Clips.silent("canary.mp4", 1, 25), folder.resolve("canary.mp4"));
        HostileFiles files = new HostileFiles(folder);
        try (Trap trap = Trap.set(canary)) {
            References.Targets targets = new References.Targets(trap.address(), trap.port(), canary);
            for (Function<HostileFiles, Path> film : References.films(targets).values()) {
                assertThat(aftermath.carry(film.apply(files), CONVERSION).failure())
                        .isNull();
            }
            assertThat(trap.calls()).isZero();
            assertThat(trap.wasRead()).isFalse();
        }
    }

    @Test
    void attachments_are_not_written_anywhere() throws IOException {
        Path payload = Files.writeString(folder.resolve("payload.txt"), "payload");
        String name = "escaped-" + System.nanoTime() + ".txt";
        Path film = Clips.make(
                "attached-" + System.nanoTime() + ".mkv",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=64x64:r=5:d=1",
                        "-attach",
                        payload.toString(),
                        "-metadata:s:t:0",
                        "mimetype=application/octet-stream",
                        "-metadata:s:t:0",
                        "filename=../../../../../../../../tmp/" + name));

        assertThat(aftermath.carry(film, CONVERSION).failure()).isNull();
        assertThat(Path.of("/tmp", name)).doesNotExist();
    }

    private void requireRefused(Path file) {
        Chain.Ending ending = aftermath.carry(file, REFUSAL);
        assertThat(ending.failure()).as(file.toString()).isNotNull();
        assertThat(ending.failure().code()).as(file.toString()).isEqualTo(FailureCode.NOT_A_VIDEO);
    }
}
