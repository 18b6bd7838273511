package org.millrace.standalone.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A file on its way to a server by tus, with which a test can go on at another one. */
public final class TusUpload {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String path;
    private final byte[] bytes;

    private TusUpload(String path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    /** Announces a file. */
    public static TusUpload announce(URI server, byte[] bytes) {
        HttpResponse<String> answer = send(request(server.resolve("/api/v1/uploads"))
                .header("Upload-Length", Integer.toString(bytes.length))
                .header("Upload-Metadata", "filename Y2xpcC5tcDQ=")
                .POST(BodyPublishers.noBody()));
        if (answer.statusCode() != 201) {
            throw new AssertionError("the announcement was answered " + answer.statusCode() + " " + answer.body());
        }
        return new TusUpload(answer.headers().firstValue("Location").orElseThrow(), bytes);
    }

    /** How many bytes are safe, as a server says. */
    public long offset(URI server) {
        return offset(send(request(server.resolve(path)).method("HEAD", BodyPublishers.noBody())));
    }

    /** The video that it has become, as a server says; empty while bytes are missing. */
    public Optional<String> video(URI server) {
        return send(request(server.resolve(path)).method("HEAD", BodyPublishers.noBody()))
                .headers()
                .firstValue("Millrace-Video-Id");
    }

    /** Sends some of the bytes and answers how many are safe then. */
    public long send(URI server, int from, int to) {
        return offset(patch(server, from, to));
    }

    /** Sends the rest and answers the video's id. */
    public String finish(URI server, int from) {
        HttpResponse<String> answer = patch(server, from, bytes.length);
        return answer.headers()
                .firstValue("Millrace-Video-Id")
                .orElseThrow(() -> new AssertionError(
                        "the end of the upload was answered " + answer.statusCode() + " " + answer.body()));
    }

    /** Begins to send all that is missing, gets as far as told, and holds the line. */
    public Socket sendAndHold(URI server, int from, int to) {
        String head = "PATCH " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: " + from
                + "\r\nContent-Length: " + (bytes.length - from) + "\r\n\r\n";
        try {
            Socket socket = new Socket(server.getHost(), server.getPort());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(bytes, from, to - from);
            socket.getOutputStream().flush();
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> patch(URI server, int from, int to) {
        BodyPublisher body = BodyPublishers.ofByteArray(Arrays.copyOfRange(bytes, from, to));
        return send(request(server.resolve(path))
                .header("Upload-Offset", Integer.toString(from))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", body));
    }

    private static long offset(HttpResponse<String> answer) {
        return Long.parseLong(answer.headers()
                .firstValue("Upload-Offset")
                .orElseThrow(() -> new AssertionError("answered " + answer.statusCode() + " " + answer.body())));
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("Tus-Resumable", "1.0.0").timeout(PATIENCE);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
