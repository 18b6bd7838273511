package org.millrace.api.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.api.testing.RawHttp;

/** Large uploads through the packaged service, in a heap of 256 MB and through its death. */
class BigUploadIT {

    private static final long GIGABYTE = 1L << 30;

    @TempDir
    static Path home;

    private static Process service;
    private static URI server;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void choosePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            server = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        start();
    }

    private static void start() throws IOException {
        service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dmillrace.home=" + home,
                        "-Dmillrace.upload.keep-free=0",
                        "-Dquarkus.http.port=" + server.getPort(),
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("service.log").toFile()))
                .start();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> {
                    assertThat(service.isAlive())
                            .as(() -> "the service ended: " + log())
                            .isTrue();
                    return get("/q/health/started").statusCode() == 200;
                });
    }

    @AfterAll
    static void stop() throws InterruptedException {
        service.destroy();
        if (!service.waitFor(20, TimeUnit.SECONDS)) {
            service.destroyForcibly();
        }
    }

    @Test
    void a_gigabyte_by_tus() throws Exception {
        HttpResponse<String> created = client.send(
                HttpRequest.newBuilder(server.resolve("/api/v1/uploads"))
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Long.toString(GIGABYTE))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        MessageDigest sent = sha256();

        HttpResponse<String> done = client.send(
                HttpRequest.newBuilder(server.resolve(
                                created.headers().firstValue("Location").orElseThrow()))
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Offset", "0")
                        .header("Content-Type", "application/offset+octet-stream")
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.fromPublisher(
                                        HttpRequest.BodyPublishers.ofInputStream(
                                                () -> new DigestInputStream(new Noise(GIGABYTE), sent)),
                                        GIGABYTE))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
        checkStored(done.headers().firstValue("Millrace-Video-Id").orElseThrow(), GIGABYTE, sent);
    }

    @Test
    void a_gigabyte_as_a_form() throws Exception {
        MessageDigest sent = sha256();
        byte[] head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"big.mp4\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> done = client.send(
                HttpRequest.newBuilder(server.resolve("/api/v1/videos"))
                        .header("Content-Type", "multipart/form-data; boundary=edge")
                        .POST(HttpRequest.BodyPublishers.fromPublisher(
                                HttpRequest.BodyPublishers.ofInputStream(() ->
                                        new SequenceInputStream(Collections.enumeration(List.of(
                                                new ByteArrayInputStream(head),
                                                new DigestInputStream(new Noise(GIGABYTE), sent),
                                                new ByteArrayInputStream(tail))))),
                                head.length + GIGABYTE + tail.length))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
        String location = done.headers().firstValue("Location").orElseThrow();
        checkStored(location.substring(location.lastIndexOf('/') + 1), GIGABYTE, sent);
    }

    @Test
    void an_upload_goes_on_after_the_service_was_killed() throws Exception {
        long length = 64L << 20;
        HttpResponse<String> created = client.send(
                HttpRequest.newBuilder(server.resolve("/api/v1/uploads"))
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Long.toString(length))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        URI upload = server.resolve(created.headers().firstValue("Location").orElseThrow());

        try (RawHttp http = new RawHttp(server)) {
            http.head(
                            "PATCH " + upload.getPath() + " HTTP/1.1",
                            "Host: localhost",
                            "Tus-Resumable: 1.0.0",
                            "Upload-Offset: 0",
                            "Content-Type: application/offset+octet-stream",
                            "Content-Length: " + length)
                    .bytes(new Noise(length).readNBytes(40 << 20));
            await().until(() -> offset(upload) > 0);
            service.destroyForcibly();
            assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        start();

        long safe = offset(upload);
        assertThat(safe).isBetween(1L, 40L << 20);
        InputStream rest = new Noise(length);
        rest.skipNBytes(safe);
        HttpResponse<String> done = client.send(
                HttpRequest.newBuilder(upload)
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Offset", Long.toString(safe))
                        .header("Content-Type", "application/offset+octet-stream")
                        .method("PATCH", HttpRequest.BodyPublishers.ofInputStream(() -> rest))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
        MessageDigest sent = sha256();
        new DigestInputStream(new Noise(length), sent).transferTo(OutputStream.nullOutputStream());
        checkStored(done.headers().firstValue("Millrace-Video-Id").orElseThrow(), length, sent);
    }

    private long offset(URI upload) throws IOException, InterruptedException {
        HttpResponse<Void> head = client.send(
                HttpRequest.newBuilder(upload)
                        .header("Tus-Resumable", "1.0.0")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        return head.headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    private static void checkStored(String video, long length, MessageDigest sent) throws Exception {
        Path source = home.resolve("media/v/" + video + "/source/original");
        assertThat(source).hasSize(length);
        MessageDigest stored = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(source), stored)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        assertThat(HexFormat.of().formatHex(stored.digest()))
                .isEqualTo(HexFormat.of().formatHex(sent.digest()));
        assertThat(get("/api/v1/videos/" + video).statusCode()).isEqualTo(200);
        Files.delete(source);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String log() {
        try {
            return Files.readString(home.resolve("service.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** So many bytes that do not repeat within any buffer. */
    private static final class Noise extends InputStream {

        private final byte[] block = new byte[1_000_003];
        private final long length;
        private long position;

        Noise(long length) {
            new java.util.Random(1).nextBytes(block);
            this.length = length;
        }

        @Override
        public int read() {
            return position == length ? -1 : block[(int) (position++ % block.length)] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) {
            if (position == length) {
                return -1;
            }
            int from = (int) (position % block.length);
            int copied = (int) Math.min(Math.min(count, block.length - from), length - position);
            System.arraycopy(block, from, buffer, offset, copied);
            position += copied;
            return copied;
        }
    }
}
