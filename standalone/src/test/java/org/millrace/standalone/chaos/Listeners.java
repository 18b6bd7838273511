package org.millrace.standalone.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many pages that listen to one video. */
final class Listeners implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger open = new AtomicInteger();
    private final List<Queue<String>> heard;

    /** Opens so many streams at a server. */
    Listeners(URI server, String video, int count) {
        URI address = server.resolve("/api/v1/videos/" + video + "/events");
        heard = IntStream.range(0, count)
                .<Queue<String>>mapToObj(i -> new ConcurrentLinkedQueue<>())
                .toList();
        heard.forEach(lines -> Thread.ofVirtual().start(() -> follow(address, lines)));
    }

    /** How many have been opened. */
    int open() {
        return open.get();
    }

    /** How many were told something that holds this text. */
    long told(String text) {
        return heard.stream()
                .filter(lines -> lines.stream().anyMatch(line -> line.contains(text)))
                .count();
    }

    private void follow(URI address, Queue<String> lines) {
        try {
            HttpResponse<Stream<String>> answer =
                    http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofLines());
            if (answer.statusCode() == 200) {
                open.incrementAndGet();
                answer.body().forEach(lines::add);
            }
        } catch (IOException | UncheckedIOException e) {
            lines.add("The stream has ended: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
