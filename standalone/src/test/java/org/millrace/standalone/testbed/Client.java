package org.millrace.standalone.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** A script that uses the REST API. */
public final class Client {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FINAL = Set.of("READY", "FAILED", "REJECTED", "CANCELLED");

    private final URI server;

    /** A client of a server. */
    public Client(URI server) {
        this.server = server;
    }

    /** Whether a health question is answered with yes. */
    public boolean isUp(String kind) {
        try {
            return send(HttpRequest.newBuilder(server.resolve("/q/health/" + kind)))
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Uploads a file as a script would and answers the video's id. */
    public String upload(Path file) {
        String boundary = "----millrace" + System.nanoTime();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + file.getFileName() + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        String foot = "\r\n--" + boundary + "--\r\n";
        try {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(server.resolve("/api/v1/videos"))
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(BodyPublishers.concat(
                            BodyPublishers.ofString(head, StandardCharsets.UTF_8),
                            BodyPublishers.ofFile(file),
                            BodyPublishers.ofString(foot))));
            if (answer.statusCode() != 201) {
                throw new AssertionError("upload answered " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body()).get("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A video as the API describes it now. */
    public JsonNode video(String id) {
        return json("/api/v1/videos/" + id);
    }

    /** Waits until nothing more happens to a video. */
    public JsonNode awaitEnd(String id, Duration most) {
        return Awaitility.await("the end of " + id)
                .atMost(most)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> video(id),
                        video -> FINAL.contains(video.get("state").asText()));
    }

    /** What a path answers, as JSON. */
    public JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode() + " " + answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a path answers. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(server.resolve(path)));
    }

    /** Sends a request without a body. */
    public HttpResponse<String> call(String method, String path) {
        return send(HttpRequest.newBuilder(server.resolve(path)).method(method, BodyPublishers.noBody()));
    }

    /** The value of a Prometheus metric, summed over its labels; 0 if it is not there. */
    public double metric(String name) {
        return get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                // An exemplar may follow, with a value and a time of its own.
                .map(line -> line.replaceFirst(" # .*", ""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Follows a video's HLS as a player would and checks that every segment of every rendition is there. */
    public int playThrough(String id) {
        String master = video(id).get("media").get("hls").asText();
        List<String> lists = get(master)
                .body()
                .lines()
                .filter(line -> line.contains(".m3u8"))
                .map(line -> line.contains("URI=\"") ? line.replaceAll(".*URI=\"([^\"]+)\".*", "$1") : line)
                .distinct()
                .toList();
        int segments = 0;
        for (String list : lists) {
            segments += playThrough(server.resolve(master).resolve(list));
        }
        return segments;
    }

    private int playThrough(URI list) {
        String[] lines = send(HttpRequest.newBuilder(list)).body().split("\n");
        int segments = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith("#EXT-X-BYTERANGE:")) {
                String[] range =
                        lines[i].substring("#EXT-X-BYTERANGE:".length()).split("@");
                long length = Long.parseLong(range[0].trim());
                long offset = Long.parseLong(range[1].trim());
                HttpRequest.Builder request = HttpRequest.newBuilder(list.resolve(lines[i + 1].trim()))
                        .header("Range", "bytes=" + offset + "-" + (offset + length - 1));
                HttpResponse<byte[]> answer = send(request, BodyHandlers.ofByteArray());
                boolean isFragment = answer.body().length == length
                        && new String(answer.body(), 4, 4, StandardCharsets.ISO_8859_1).equals("moof");
                if (answer.statusCode() != 206 || !isFragment) {
                    throw new AssertionError(list + " " + lines[i] + " answered " + answer.statusCode());
                }
                segments++;
            }
        }
        if (segments == 0) {
            throw new AssertionError(list + " has no segments");
        }
        return segments;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(120)).build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
