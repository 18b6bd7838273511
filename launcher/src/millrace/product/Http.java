package millrace.product;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The few requests that are made of the product; every answer that is not the wanted one is an {@link IOException}. */
public final class Http {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI server;

    /** A client of the server at an address; {@link IllegalArgumentException} if that is none. */
    public Http(URI server) {
        if (server.getScheme() == null || server.getHost() == null) {
            throw new IllegalArgumentException(server + " is not an address such as http://127.0.0.1:8080");
        }
        this.server = server;
    }

    /**
     * What a sent file was answered with.
     *
     * @param answer the video's id or, if it is refused at once, the problem
     * @param lastByte when the last byte of the file was handed over, in nanoseconds of {@link System#nanoTime}
     */
    public record Upload(Map<?, ?> answer, long lastByte) {}

    /** The address of a path, or of a full address, on the server. */
    public URI resolve(String path) {
        return server.resolve(path);
    }

    /** Uploads a file as a form does. */
    public Upload upload(Path file) throws IOException, InterruptedException {
        String boundary = "millrace-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + file.getFileName().toString().replace("\"", "%22") + "\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        long[] lastByte = {System.nanoTime()};
        HttpRequest request = HttpRequest.newBuilder(resolve("/api/v1/videos"))
                .timeout(UPLOAD_TIMEOUT)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head, StandardCharsets.UTF_8),
                        timed(file, lastByte),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        int status = response.statusCode();
        if (status == 201 || status >= 400 && status < 500) {
            return new Upload(
                    object(response.body(), "the answer to the upload (status " + status + ")"), lastByte[0]);
        }
        throw new IOException("the upload was answered with " + status);
    }

    /** The bytes of a file; when the last of them was read is put into {@code lastByte}. */
    private static BodyPublisher timed(Path file, long[] lastByte) throws IOException {
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> {
                    try {
                        return new FilterInputStream(Files.newInputStream(file)) {
                            @Override
                            public int read(byte[] buffer, int from, int length) throws IOException {
                                int read = super.read(buffer, from, length);
                                lastByte[0] = read > 0 ? System.nanoTime() : lastByte[0];
                                return read;
                            }
                        };
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }),
                Files.size(file));
    }

    /** The JSON object at a path. */
    public Map<?, ?> json(String path) throws IOException, InterruptedException {
        return object(text(resolve(path)), path);
    }

    /** The text at an address. */
    public String text(URI uri) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(get(uri).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(uri.getPath() + " is answered with " + response.statusCode());
        }
        return response.body();
    }

    /** The lines that a POST to a path is answered with, as they come; for however long that takes. */
    public Stream<String> lines(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(resolve(path))
                .POST(BodyPublishers.noBody())
                .build();
        HttpResponse<Stream<String>> response = client.send(request, BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException(path + " is answered with " + response.statusCode());
        }
        return response.body();
    }

    /** Sends a request without a body and answers the status, whatever it is. */
    public int call(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(resolve(path))
                .timeout(TIMEOUT)
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** The whole object at an address, which must not be empty. */
    public void whole(URI uri) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(get(uri).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200 || response.body().length == 0) {
            throw new IOException(uri.getPath() + " is answered with " + response.statusCode() + " and "
                    + response.body().length + " bytes");
        }
    }

    /** A span of an object, which must come as exactly that many bytes. */
    public void range(URI uri, long offset, long length) throws IOException, InterruptedException {
        String range = offset + "-" + (offset + length - 1);
        HttpResponse<byte[]> response =
                client.send(get(uri).header("Range", "bytes=" + range).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 206 || response.body().length != length) {
            throw new IOException(uri.getPath() + " bytes " + range + " is answered with " + response.statusCode()
                    + " and " + response.body().length + " bytes");
        }
    }

    private static HttpRequest.Builder get(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    }

    private static Map<?, ?> object(String body, String what) throws IOException {
        if (Json.parse(body) instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException(what + " is no JSON object");
    }
}
