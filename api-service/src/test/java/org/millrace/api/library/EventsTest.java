package org.millrace.api.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.testing.Videos;
import org.millrace.model.id.VideoId;

@QuarkusTest
class EventsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TestHTTPResource("/api/v1/")
    URI api;

    @Inject
    Videos videos;

    @Inject
    VideoLedger ledger;

    @Test
    void a_video_is_told_at_once_at_every_change_and_at_its_end() throws Exception {
        VideoId id = videos.uploaded("Followed");
        try (Stream<String> lines = follow("videos/" + id + "/events")) {
            List<String> heard = listen(lines);
            Awaitility.await("the state as it is").atMost(SOON).until(() -> said(heard, "\"title\":\"Followed\""));
            ledger.edit(id, "Renamed", null);
            Awaitility.await("the change").atMost(SOON).until(() -> said(heard, "\"title\":\"Renamed\""));
            ledger.delete(id);
            Awaitility.await("the end").atMost(SOON).until(() -> said(heard, "event:gone"));
            assertThat(heard).contains("event:status");
        }
    }

    @Test
    void all_videos_are_told_when_they_change() throws Exception {
        VideoId id = videos.uploaded("One of many");
        try (Stream<String> lines = follow("events")) {
            List<String> heard = listen(lines);
            Awaitility.await("a change").atMost(SOON).until(() -> {
                ledger.edit(id, null, "changed");
                return said(heard, id.value());
            });
            assertThat(heard).contains("event:video");
        }
    }

    @Test
    void a_video_that_is_not_there_cannot_be_followed() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(api.resolve("videos/" + VideoId.random() + "/events"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("video-not-found");
    }

    private Stream<String> follow(String path) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(api.resolve(path)).build(), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return answer.body();
    }

    private static List<String> listen(Stream<String> lines) {
        List<String> heard = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> lines.forEach(heard::add));
        return heard;
    }

    private static boolean said(List<String> heard, String text) {
        return heard.stream().anyMatch(line -> line.contains(text));
    }
}
