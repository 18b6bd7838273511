package millrace.compose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.product.Hls;
import millrace.product.Http;
import millrace.product.Json;

/** One uploaded clip, from its last byte to its playing. */
final class Clip {

    private final Http http;
    private final String id;
    private final long lastByte;
    private double readySeconds = -1;

    private Clip(Http http, String id, long lastByte) {
        this.http = http;
        this.id = id;
        this.lastByte = lastByte;
    }

    /** Uploads a file; {@link IOException} with the reason if it is refused. */
    static Clip upload(Http http, Path file) throws IOException, InterruptedException {
        Http.Upload upload = http.upload(file);
        if (!(upload.answer().get("id") instanceof String id)) {
            throw new IOException("an upload was refused: " + upload.answer().get("detail"));
        }
        return new Clip(http, id, upload.lastByte());
    }

    /** Whether it is ready; {@link IOException} if it ended in any other way. */
    boolean isReady() throws IOException, InterruptedException {
        if (readySeconds >= 0) {
            return true;
        }
        Map<?, ?> video = http.json("/api/v1/videos/" + id);
        switch (String.valueOf(video.get("state"))) {
            case "READY" -> readySeconds = (System.nanoTime() - lastByte) / 1e9;
            case "PROCESSING" -> {
                return false;
            }
            default -> throw new IOException("video " + id + " ended as " + video.get("state") + ": "
                    + (video.get("failure") instanceof Map<?, ?> failure ? failure.get("message") : "no reason was given"));
        }
        return true;
    }

    /** From its last byte until it was seen to be ready, in seconds; negative before. */
    double readySeconds() {
        return readySeconds;
    }

    /** Fetches what a player fetches, and answers the length in seconds of what plays. */
    double play() throws IOException, InterruptedException {
        if (http.json("/api/v1/videos/" + id).get("media") instanceof Map<?, ?> media
                && media.get("hls") instanceof String path) {
            return new Hls(http).playAll(path);
        }
        throw new IOException("video " + id + " is ready and has no address to play from");
    }

    /** Every try at one of its tasks. */
    List<Map<?, ?>> attempts() throws IOException, InterruptedException {
        List<Map<?, ?>> attempts = new ArrayList<>();
        if (Json.parse(http.text(http.resolve("/api/v1/videos/" + id + "/attempts"))) instanceof List<?> list) {
            list.forEach(entry -> {
                if (entry instanceof Map<?, ?> attempt) {
                    attempts.add(attempt);
                }
            });
        }
        return attempts;
    }
}
