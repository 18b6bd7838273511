package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Result;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.Still;

/** Storyboards and moving previews, made by real attempts. */
@QuarkusTest
class StoryboardTest {

    /** Red for two seconds, then green, blue and white for two seconds each. */
    private static final String COLOURS =
            "color=red:s=320x180:r=25:d=2[a];color=0x00ff00:s=320x180:r=25:d=2[b];color=blue:s=320x180:r=25:d=2[c];"
                    + "color=white:s=320x180:r=25:d=2[d];[a][b][c][d]concat=n=4";

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @Test
    void the_storyboard_shows_the_video_as_it_goes_on() {
        Path film = Clips.make(
                "board.mp4",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        COLOURS + "[x];testsrc2=s=320x180:r=25:d=4[y];[x][y]concat=n=2",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=d=12",
                        "-g",
                        "250"));

        Chain.Ending ending = chain.carry(film);
        Result.Storyboard board = (Result.Storyboard) ending.results().get("storyboard");

        assertThat(board.tiles()).isEqualTo(6);
        assertThat(board.columns()).isEqualTo(6);
        assertThat(board.intervalSeconds()).isEqualTo(2);
        assertThat(board.tileWidth()).isEqualTo(160);
        assertThat(board.tileHeight()).isEqualTo(90);
        List<String> tiles = Stream.of(0, 1, 2, 3)
                .map(tile -> colour(board.sheet().object(), (tile + 0.5) / 6, 0.5))
                .toList();
        assertThat(tiles).containsExactly("red", "green", "blue", "white");
        assertThat(board.poster().width()).isEqualTo(320);
        // The test picture is the only one worth looking at.
        assertThat(colour(board.poster().object(), 0.5, 0.95)).isNotIn("white");
        Path preview = file(board.clip().object());
        assertThat(Clips.complaints(preview)).isEmpty();
        assertThat(Clips.pictureTimes(preview)).hasSizeBetween(80, 95);
        assertThat(board.clip().sizeBytes()).isLessThan(300_000);
        assertThat(atom(preview, "moov")).isLessThan(atom(preview, "mdat"));
    }

    @Test
    void a_video_of_three_seconds_has_no_moving_preview() {
        Chain.Ending ending = chain.carry(Clips.silent("three.mp4", 3, 25));
        Result.Storyboard board = (Result.Storyboard) ending.results().get("storyboard");

        assertThat(board.clip()).isNull();
        assertThat(board.tiles()).isEqualTo(2);
        assertThat(board.poster()).isNotNull();
    }

    @Test
    void the_storyboard_of_a_copied_rendition_follows_its_key_frames() {
        Path film = Clips.make(
                "own-groups.mp4",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        COLOURS,
                        "-c:v",
                        "libx264",
                        "-g",
                        "1000",
                        "-keyint_min",
                        "1",
                        "-force_key_frames",
                        "2,4,6"));

        Chain.Ending ending = chain.carry(film, org.millrace.model.plan.PlanRequest.Limits.NONE);
        Result.Storyboard board = (Result.Storyboard) ending.results().get("storyboard");

        assertThat(ending.failure()).isNull();
        assertThat(Stream.of(0, 1, 2, 3)
                        .map(tile -> colour(board.sheet().object(), (tile + 0.5) / board.columns(), 0.5))
                        .toList())
                .containsExactly("red", "green", "blue", "white");
    }

    private String colour(ObjectKey key, double x, double y) {
        return Still.of(file(key), x, y).colour();
    }

    private static long atom(Path file, String name) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(ObjectKey key) {
        return store.localPath(key).orElseThrow();
    }
}
