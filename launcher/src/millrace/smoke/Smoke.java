package millrace.smoke;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import millrace.product.Hls;
import millrace.product.Http;

/**
 * Uploads a clip to an installation, waits until it is ready, fetches what a player would and deletes it again: {@code java
 * millrace.smoke.Smoke URL FILE}. Exit code 0: it plays; 1: it does not, for the reason that is printed; 2: the arguments
 * are wrong.
 */
public final class Smoke {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Http http;

    private Smoke(Http http) {
        this.http = http;
    }

    /** Tries the installation that the arguments name. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 2) {
            System.err.println("usage: java millrace.smoke.Smoke URL FILE");
            System.exit(2);
        }
        try {
            new Smoke(new Http(URI.create(args[0]))).run(Path.of(args[1]));
        } catch (IOException | IllegalArgumentException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            System.err.println("smoke: " + args[0] + ": " + reason);
            System.exit(1);
        }
    }

    private void run(Path clip) throws IOException, InterruptedException {
        Http.Upload upload = http.upload(clip);
        if (!(upload.answer().get("id") instanceof String id)) {
            throw new IOException("the upload was refused: " + upload.answer().get("detail"));
        }
        System.out.println("uploaded as video " + id);
        try {
            Map<?, ?> video = awaitReady(id, upload.lastByte());
            String hls = video.get("media") instanceof Map<?, ?> media && media.get("hls") instanceof String path
                    ? path
                    : null;
            if (hls == null) {
                throw new IOException("video " + id + " is ready and has no address to play from");
            }
            System.out.printf(
                    Locale.ROOT,
                    "ready after %.1f s; plays: %.1f s in %d renditions%n",
                    secondsSince(upload.lastByte()),
                    new Hls(http).playAll(hls),
                    new Hls(http).tracks(hls).variants().size());
        } finally {
            int status = http.call("DELETE", "/api/v1/videos/" + id);
            System.out.println(status / 100 == 2 ? "deleted" : "not deleted: " + status);
        }
    }

    private Map<?, ?> awaitReady(String id, long since) throws IOException, InterruptedException {
        boolean told = false;
        while (secondsSince(since) < LIMIT.toSeconds()) {
            Map<?, ?> video = http.json("/api/v1/videos/" + id);
            if (!told && Boolean.TRUE.equals(video.get("playable"))) {
                told = true;
                System.out.printf(Locale.ROOT, "playable after %.1f s%n", secondsSince(since));
            }
            switch (String.valueOf(video.get("state"))) {
                case "READY" -> {
                    return video;
                }
                case "PROCESSING" -> Thread.sleep(POLL);
                default -> throw new IOException("video " + id + " ended as " + video.get("state") + ": " + reason(video));
            }
        }
        throw new IOException("video " + id + " is not ready after " + LIMIT.toMinutes()
                + " minutes; is a worker running? The jobs page tells");
    }

    private static Object reason(Map<?, ?> video) {
        return video.get("failure") instanceof Map<?, ?> failure ? failure.get("message") : "no reason was given";
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
