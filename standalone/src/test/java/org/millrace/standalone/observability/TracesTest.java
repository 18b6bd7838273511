package org.millrace.standalone.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;

/** With tracing on, all that is done about a video, on either side of the channels, is one trace. */
@QuarkusTest
@TestProfile(TracesTest.Traced.class)
class TracesTest {

    private static final Duration END = Duration.ofSeconds(90);
    private static final AttributeKey<String> VIDEO = AttributeKey.stringKey("millrace.video");

    /** Traces on, exported at once. */
    public static final class Traced implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.bsp.schedule.delay", "50ms");
        }
    }

    @TestHTTPResource("/")
    URI server;

    @Inject
    InMemorySpanExporter exported;

    @TempDir
    Path folder;

    @Test
    void a_video_is_one_trace_from_its_upload_to_its_publication() {
        Client client = new Client(server);
        String id = client.upload(Clips.webm(folder, "traced", 2));
        JsonNode video = client.awaitEnd(id, END);
        assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");

        Awaitility.await("the last span")
                .atMost(END)
                .until(() -> of(id).stream().anyMatch(span -> span.getName().equals("until ready")));
        List<SpanData> spans = of(id);
        assertThat(spans.stream().map(SpanData::getTraceId).distinct()).hasSize(1);
        assertThat(spans)
                .extracting(SpanData::getName)
                .contains(
                        "uploaded",
                        "offer analyse",
                        "attempt analyse",
                        "offer encode chunk",
                        "attempt encode chunk",
                        "until playable",
                        "until ready");

        Map<String, SpanData> byId = inTrace(spans.getFirst().getTraceId()).stream()
                .collect(Collectors.toMap(SpanData::getSpanId, span -> span));
        SpanData attempt = named(byId, "attempt encode chunk");
        assertThat(byId.get(attempt.getParentSpanId()).getName()).isEqualTo("offer encode chunk");
        assertThat(byId.values())
                .filteredOn(span -> span.getName().equals("take in AttemptSucceeded"))
                .extracting(span -> byId.get(span.getParentSpanId()).getName())
                .contains("attempt analyse", "attempt encode chunk");
        // The request that brought the last byte has a trace of its own; the video's refers to it.
        assertThat(named(byId, "uploaded").getLinks()).isNotEmpty();
    }

    private List<SpanData> of(String video) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> video.equals(span.getAttributes().get(VIDEO)))
                .toList();
    }

    private List<SpanData> inTrace(String trace) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(trace))
                .toList();
    }

    private static SpanData named(Map<String, SpanData> spans, String name) {
        return spans.values().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
