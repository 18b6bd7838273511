package org.millrace.standalone.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;

/** What two processes with a broker between them tell a collector of traces and of logs about one video. */
class ObservedServicesIT {

    private static final Duration END = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<byte[]> EXPORTS = new CopyOnWriteArrayList<>();

    @TempDir
    static Path folder;

    private static HttpServer collector;
    private static Services services;
    private static Program worker;
    private static String video;
    private static byte[] trace;

    @BeforeAll
    static void let_one_video_go_its_way() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            EXPORTS.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        services = new Services(folder, RabbitServer.shared().virtualHost("observed"));
        Client api =
                services.start(observed(services.api())).awaitHealth("ready").client();
        worker = services.start(observed(services.worker())).awaitHealth("ready");
        video = api.upload(Clips.webm(folder, "clip", 2));
        JsonNode end = api.awaitEnd(video, END);
        assertThat(end.get("state").asText()).as(end.toString()).isEqualTo("READY");
        trace = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(video.getBytes(StandardCharsets.UTF_8)), 16);
    }

    @AfterAll
    static void stop() {
        services.close();
        collector.stop(0);
    }

    @Test
    void the_workers_half_of_a_trace_belongs_to_the_apis_half() {
        await("the API's half", "millrace-api", "offer encode chunk");
        await("the worker's half", "transcode-worker", "attempt encode chunk");
        await("what came back", "millrace-api", "take in AttemptSucceeded");
        // A span for each of the many reports would bury all others.
        assertThat(EXPORTS).noneMatch(export -> contains(export, text("progress publish")));
    }

    @Test
    void a_line_about_an_attempt_is_json_and_says_whose_it_is_and_in_which_trace() {
        List<JsonNode> lines = worker.log()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(ObservedServicesIT::json)
                .filter(line -> line.path("message").asText().contains("begins as attempt"))
                .toList();
        assertThat(lines).hasSizeGreaterThan(3).allSatisfy(line -> {
            JsonNode ids = line.get("mdc");
            assertThat(ids.path("video").asText()).isEqualTo(video);
            assertThat(line.get("message").asText())
                    .contains(ids.path("task").asText(), ids.path("attempt").asText());
            assertThat(ids.path("traceId").asText()).isEqualTo(HexFormat.of().formatHex(trace));
        });
    }

    /** Waits for an export of a process that holds a span of the trace. Text and identifiers stand in it as they are. */
    private static void await(String what, String process, String span) {
        Awaitility.await(what)
                .atMost(END)
                .until(() -> EXPORTS.stream()
                        .anyMatch(export -> contains(export, trace)
                                && contains(export, text(process))
                                && contains(export, text(span))));
    }

    private static Program.Builder observed(Program.Builder program) {
        return program.with("quarkus.log.console.json.enabled", true)
                .with("quarkus.otel.sdk.disabled", false)
                .with("quarkus.otel.bsp.schedule.delay", "100ms")
                .with("quarkus.otel.exporter.otlp.traces.protocol", "http/protobuf")
                .with(
                        "quarkus.otel.exporter.otlp.traces.endpoint",
                        "http://127.0.0.1:" + collector.getAddress().getPort());
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean contains(byte[] whole, byte[] part) {
        return new String(whole, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }
}
