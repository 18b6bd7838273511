package org.millrace.standalone.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page that listens to a video's events, as they come. */
public final class EventReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread reader;

    /** Listens to a video at a server. */
    public EventReader(URI server, String video) {
        URI address = server.resolve("/api/v1/videos/" + video + "/events");
        reader = Thread.ofVirtual().start(() -> read(address));
    }

    /** What has been told so far. */
    public List<JsonNode> events() {
        return events;
    }

    /** Whether it was told that the video is in a state. */
    public boolean saw(String state) {
        return events.stream().anyMatch(event -> event.get("state").asText().equals(state));
    }

    /** Whether it was told how far the work is before it was done. */
    public boolean sawProgress() {
        return events.stream()
                .filter(event -> event.get("state").asText().equals("PROCESSING"))
                .mapToDouble(event -> event.at("/status/percent").asDouble())
                .anyMatch(percent -> percent > 0);
    }

    private void read(URI address) {
        try (InputStream body = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    events.add(json(line.substring("data:".length())));
                }
            }
        } catch (IOException e) {
            // The server or the test has ended the stream.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    @Override
    public void close() {
        reader.interrupt();
        http.shutdownNow();
    }
}
