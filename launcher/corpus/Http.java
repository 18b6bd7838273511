import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The few requests that are made of the product; every answer that is not the wanted one is an {@link IOException}. */
final class Http {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI server;

    Http(URI server) {
        if (server.getScheme() == null || server.getHost() == null) {
            throw new IllegalArgumentException(server + " is not an address such as http://127.0.0.1:8080");
        }
        this.server = server;
    }

    URI resolve(String path) {
        return server.resolve(path);
    }

    /** Uploads a file as a form does; the answer is the video's id or, if it is refused at once, the problem. */
    Map<?, ?> upload(Path file) throws IOException, InterruptedException {
        String boundary = "corpus-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + file.getFileName().toString().replace("\"", "%22") + "\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        HttpRequest request = HttpRequest.newBuilder(resolve("/api/v1/videos"))
                .timeout(UPLOAD_TIMEOUT)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofFile(file),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        int status = response.statusCode();
        if (status == 201 || status >= 400 && status < 500) {
            return object(response.body(), "the answer to the upload (status " + status + ")");
        }
        throw new IOException("the upload was answered with " + status);
    }

    /** The JSON object at a path. */
    Map<?, ?> json(String path) throws IOException, InterruptedException {
        return object(text(resolve(path)), path);
    }

    /** The text at an address. */
    String text(URI uri) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(get(uri).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(uri.getPath() + " is answered with " + response.statusCode());
        }
        return response.body();
    }

    /** The whole object at an address, which must not be empty. */
    void whole(URI uri) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(get(uri).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200 || response.body().length == 0) {
            throw new IOException(uri.getPath() + " is answered with " + response.statusCode() + " and "
                    + response.body().length + " bytes");
        }
    }

    /** A span of an object, which must come as exactly that many bytes. */
    void range(URI uri, long offset, long length) throws IOException, InterruptedException {
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
