package millrace.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests whose answers are looked at whatever they are; redirects are not followed. */
final class Wire {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern DETAIL = Pattern.compile("\"detail\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI server;

    Wire(URI server) {
        this.server = server;
    }

    URI server() {
        return server;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", server.resolve(path), BodyPublishers.noBody(), BodyHandlers.ofString(), headers);
    }

    HttpResponse<String> send(String method, URI address, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return send(method, address, body, BodyHandlers.ofString(), headers);
    }

    <T> HttpResponse<T> send(String method, URI address, BodyPublisher body, BodyHandler<T> reader, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(TIMEOUT).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), reader);
    }

    /** The status and, if it is one of Millrace's own problems, its sentence. */
    static String told(HttpResponse<String> answer) {
        Matcher detail = DETAIL.matcher(answer.body() == null ? "" : answer.body());
        return answer.statusCode() + (detail.find() ? ": " + detail.group(1) : "");
    }
}
