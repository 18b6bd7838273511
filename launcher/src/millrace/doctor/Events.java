package millrace.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Listens to server-sent events, which say something every 15 s, and so sees whether anything holds them back. */
final class Events {

    private static final int PATIENCE_SECONDS = 25;

    private final Wire wire;

    Events(Wire wire) {
        this.wire = wire;
    }

    /** Listens in the background: the rest goes on meanwhile. */
    CompletableFuture<String> listen() {
        CompletableFuture<String> heard = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                HttpResponse<InputStream> answer = wire.send(
                        "GET",
                        wire.server().resolve("/api/v1/events"),
                        BodyPublishers.noBody(),
                        BodyHandlers.ofInputStream(),
                        "Accept",
                        "text/event-stream");
                try (InputStream stream = answer.body()) {
                    heard.complete(
                            answer.statusCode() == 200 && stream.read() >= 0
                                    ? ""
                                    : "the stream of events is answered with " + answer.statusCode());
                }
            } catch (IOException e) {
                heard.complete("the stream of events breaks off: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return heard;
    }

    Finding judge(CompletableFuture<String> heard) throws InterruptedException {
        String mend = "no buffering and no compression of answers for /api/v1/events (proxy_buffering off), and a"
                + " timeout of over 15 s";
        try {
            String trouble = heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return trouble.isEmpty() ? Finding.ok("events", "come as they happen") : Finding.wrong("events", trouble, mend);
        } catch (TimeoutException | ExecutionException e) {
            return Finding.wrong("events", "nothing comes within " + PATIENCE_SECONDS + " s", mend);
        }
    }
}
