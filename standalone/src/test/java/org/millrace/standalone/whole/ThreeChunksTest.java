package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.api.ledger.Chunking;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;

/** A video that is planned as three chunks is carried to playable by what there is. */
@QuarkusTest
class ThreeChunksTest {

    @TestHTTPResource("/")
    URI millrace;

    @TempDir
    Path folder;

    /** Three chunks of whole GOPs, the last one taking the rest. */
    @ApplicationScoped
    static class ThreeChunks implements Chunking {

        @Override
        public List<Span> chunks(Grid grid) {
            long third = Math.max(1, grid.frames() / 3 / grid.gopFrames()) * grid.gopFrames();
            return List.of(
                    new Span(0, third, false),
                    new Span(third, 2 * third, false),
                    new Span(2 * third, grid.frames(), true));
        }
    }

    @Test
    void three_chunks_become_one_playable_video() {
        Client client = new Client(millrace);
        String id = client.upload(Clips.h264(folder, "clip", 9));
        JsonNode video = client.awaitEnd(id, Duration.ofMinutes(2));
        assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
        assertThat(video.get("durationSeconds").asDouble()).isBetween(8.9, 9.2);
        assertThat(client.playThrough(id)).isEqualTo(5 + 5);
        List<String> tasks = StreamSupport.stream(
                        client.json("/api/v1/videos/" + id + "/attempts").spliterator(), false)
                .map(attempt -> attempt.get("task").asText())
                .toList();
        assertThat(tasks).contains("chunk-0", "chunk-1", "chunk-2");
    }
}
