package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Rung;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.EncodedTrack;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;

@QuarkusTest
class ChainTest {

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @Test
    void a_movie_in_one_chunk_becomes_renditions_sound_and_a_download() {
        Path movie = Clips.movie("plain.mp4", 5, 30, "-g", "250", "-c:a", "aac");

        Chain.Ending ending = chain.carry(movie);

        assertThat(ending.failure()).isNull();
        assertThat(ending.remarks()).isEmpty();
        assertThat(ending.plan().rungs()).extracting(Rung::name).containsExactly("180p");
        assertThat(ending.assembled("180p").samples()).isEqualTo(150);
        assertThat(ending.assembled("audio-1").seconds()).isBetween(4.95, 5.15);
        Path download = file(ending.download().object());
        assertThat(Clips.pictureTimes(download)).hasSize(150);
        assertThat(Clips.complaints(download)).isEmpty();
    }

    @Test
    void chunks_make_the_same_frames_as_one_piece() {
        Path movie = Clips.movie("long.mp4", 9, 30, "-g", "100", "-c:a", "aac");

        Chain.Ending straightly = chain.carry(movie, new PlanRequest.Limits(true, true));
        Chain.Ending chunked = chain.carry(movie);

        assertThat(chunked.failure()).isNull();
        assertThat(chunked.plan().tasks().stream().filter(task -> task.name().startsWith("chunk-")))
                .hasSize(2);
        EncodedTrack straight = straightly.assembled("180p");
        EncodedTrack joined = chunked.assembled("180p");
        assertThat(joined.samples()).isEqualTo(270).isEqualTo(straight.samples());
        assertThat(joined.initSha256()).isEqualTo(straight.initSha256());
        assertThat(Clips.pictureTimes(file(joined.object()))).isEqualTo(Clips.pictureTimes(file(straight.object())));
        assertThat(Clips.complaints(file(joined.object()))).isEmpty();
    }

    @Test
    void the_last_picture_is_held_while_the_sound_goes_on() {
        Path still = Clips.make(
                "nearly-still.mp4",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x180:rate=25:duration=0.08",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=duration=5:sample_rate=48000",
                        "-c:a",
                        "aac"));

        Chain.Ending ending = chain.carry(still);

        assertThat(ending.failure()).isNull();
        assertThat(ending.isPartial()).isFalse();
        assertThat(ending.assembled("180p").seconds()).isBetween(4.8, 5.2);
        assertThat(Clips.complaints(file(ending.download().object()))).isEmpty();
    }

    private Path file(ObjectKey key) {
        return store.localPath(key).orElseThrow();
    }
}
