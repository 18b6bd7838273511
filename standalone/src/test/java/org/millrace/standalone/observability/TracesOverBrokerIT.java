package org.millrace.standalone.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;

/** Two processes and a broker between them tell a collector the two halves of one trace. */
class TracesOverBrokerIT {

    private static final Duration END = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final List<byte[]> exports = new CopyOnWriteArrayList<>();

    @Test
    void the_workers_half_of_a_trace_belongs_to_the_apis_half() throws Exception {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exports.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try (Services services = new Services(folder, RabbitServer.shared().virtualHost("traces"))) {
            Client api = services.start(traced(services.api(), collector))
                    .awaitHealth("ready")
                    .client();
            services.start(traced(services.worker(), collector)).awaitHealth("ready");
            String id = api.upload(Clips.webm(folder, "clip", 2));
            JsonNode video = api.awaitEnd(id, END);
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");

            byte[] trace =
                    Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)), 16);
            await("the API's half", trace, "millrace-api", "offer encode chunk");
            await("the worker's half", trace, "transcode-worker", "attempt encode chunk");
            await("what came back", trace, "millrace-api", "take in AttemptSucceeded");
            // A span for each of the many reports would bury all others.
            assertThat(exports).noneMatch(export -> contains(export, text("progress publish")));
        } finally {
            collector.stop(0);
        }
    }

    /** Waits for an export of a process that holds a span of the trace. Text and identifiers stand in it as they are. */
    private void await(String what, byte[] trace, String process, String span) {
        Awaitility.await(what)
                .atMost(END)
                .until(() -> exports.stream()
                        .anyMatch(export -> contains(export, trace)
                                && contains(export, text(process))
                                && contains(export, text(span))));
    }

    private static Program.Builder traced(Program.Builder program, HttpServer collector) {
        return program.with("quarkus.otel.sdk.disabled", false)
                .with("quarkus.otel.bsp.schedule.delay", "100ms")
                .with("quarkus.otel.exporter.otlp.traces.protocol", "http/protobuf")
                .with(
                        "quarkus.otel.exporter.otlp.traces.endpoint",
                        "http://127.0.0.1:" + collector.getAddress().getPort());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean contains(byte[] whole, byte[] part) {
        return new String(whole, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }
}
