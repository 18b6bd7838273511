package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;

/**
 * Whoever stays for long, to listen or to send, takes nothing that others wait for, above all no connection to the
 * database. Only the packaged program shows it: in the JVM of a test contexts end otherwise.
 */
class ManyStreamsIT {

    /** More than there are connections to the database (16), and than worker threads. */
    private static final int STREAMS = 240;

    private static final int SENDERS = 24;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static Program millrace;
    private static String video;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Socket> senders = new ArrayList<>();

    @BeforeAll
    static void start() {
        millrace = Program.of("standalone")
                .with("millrace.home", folder.resolve("home"))
                .start(folder)
                .awaitHealth("ready");
        video = millrace.client().upload(Clips.h264(folder, "followed", 2));
        millrace.client().awaitEnd(video, Duration.ofSeconds(120));
    }

    @AfterAll
    static void stop() {
        millrace.close();
    }

    @AfterEach
    void leave() throws IOException {
        http.shutdownNow();
        for (Socket sender : senders) {
            sender.close();
        }
    }

    @Test
    void pages_and_the_api_answer_while_hundreds_listen_and_each_of_them_is_told_of_a_change() throws Exception {
        List<Queue<String>> heard = IntStream.range(0, STREAMS)
                .mapToObj(stream -> follow("/api/v1/" + (stream % 5 == 0 ? "" : "videos/" + video + "/") + "events"))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertEverythingAnswers();
        rename("Renamed for many");
        Awaitility.await("every stream to be told")
                .atMost(SOON)
                .until(() -> heard.stream()
                        .allMatch(lines -> lines.stream().anyMatch(line -> line.contains("Renamed for many"))));
        assertEverythingAnswers();
    }

    @Test
    void pages_and_the_api_answer_while_many_slow_uploads_are_on_their_way() throws Exception {
        for (int sender = 0; sender < SENDERS; sender++) {
            beginUpload();
        }
        assertEverythingAnswers();
    }

    private void assertEverythingAnswers() throws Exception {
        for (String path : List.of("/", "/watch/" + video, "/upload", "/jobs", "/api/v1/videos")) {
            HttpRequest request = request(path).timeout(SOON).build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    /** All at once, as browsers come back after a restart. */
    private CompletableFuture<Queue<String>> follow(String path) {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        HttpRequest request = request(path).timeout(SOON).build();
        return http.sendAsync(request, BodyHandlers.ofLines()).thenApply(answer -> {
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            Thread.ofVirtual().start(() -> listen(answer.body(), heard));
            return heard;
        });
    }

    private static void listen(Stream<String> lines, Queue<String> heard) {
        try {
            lines.forEach(heard::add);
        } catch (UncheckedIOException e) {
            heard.add("The test has left: " + e.getMessage());
        }
    }

    private void rename(String title) throws Exception {
        HttpRequest request = request("/api/v1/videos/" + video)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"title\":\"" + title + "\"}"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    /** Announces a thousand bytes, sends ten and falls silent. */
    private void beginUpload() throws Exception {
        HttpRequest announcement = request("/api/v1/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "1000")
                .header("Upload-Metadata", "filename c2xvdy5tcDQ=")
                .POST(BodyPublishers.noBody())
                .build();
        String location = http.send(announcement, BodyHandlers.discarding())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String head = String.join(
                "\r\n",
                "PATCH " + millrace.address().resolve(location).getPath() + " HTTP/1.1",
                "Host: " + millrace.address().getAuthority(),
                "Tus-Resumable: 1.0.0",
                "Upload-Offset: 0",
                "Content-Type: application/offset+octet-stream",
                "Content-Length: 1000",
                "",
                "0123456789");
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), millrace.address().getPort());
        senders.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(millrace.address().resolve(path));
    }
}
