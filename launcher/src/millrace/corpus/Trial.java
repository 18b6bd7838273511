package millrace.corpus;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import millrace.product.Http;

/** Sends one file through the product and waits for its end. */
final class Trial {

    private static final Set<String> FINAL_STATES = Set.of("READY", "FAILED", "REJECTED", "CANCELLED");
    private static final Duration POLL = Duration.ofMillis(400);
    private static final Duration BASE_LIMIT = Duration.ofSeconds(60);
    private static final int LIMIT_PER_SECOND = 10;

    private final Http http;

    Trial(Http http) {
        this.http = http;
    }

    /** Whatever goes wrong with one file is that row's verdict; the other rows still run. */
    Result of(Row row, Path file) throws InterruptedException {
        long start = System.nanoTime();
        try {
            if (!Files.isRegularFile(file)) {
                return Result.broken("the file is not in the folder", 0);
            }
            if (!row.sha256().equals(sha256(file))) {
                return Result.broken("the file is not the one of the manifest (sha256 differs)", 0);
            }
            return follow(row, http.upload(file).answer(), start);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            return Result.broken(e.getClass().getSimpleName() + ": " + e.getMessage(), secondsSince(start));
        }
    }

    private Result follow(Row row, Map<?, ?> answer, long start) throws IOException, InterruptedException {
        if (!(answer.get("id") instanceof String id)) {
            // A file may be refused before it becomes a video; the problem then carries the reason.
            return new Result("REJECTED", answer, Map.of(), OptionalDouble.empty(), secondsSince(start), List.of());
        }
        while (true) {
            Map<?, ?> video = http.json("/api/v1/videos/" + id);
            OptionalDouble duration = number(video.get("durationSeconds"));
            double seconds = secondsSince(start);
            String state = String.valueOf(video.get("state"));
            double limit = BASE_LIMIT.toSeconds() + LIMIT_PER_SECOND * duration.orElse(row.playableSeconds());
            if (seconds > limit) {
                String late = String.format(Locale.ROOT, "%s after %.0f s, the limit is %.0f s", state, seconds, limit);
                return new Result(state, video, Map.of(), duration, seconds, List.of(late));
            }
            if (FINAL_STATES.contains(state)) {
                Map<?, ?> report = state.equals("READY") ? http.json("/api/v1/videos/" + id + "/report") : Map.of();
                return new Result(state, video, report, duration, seconds, List.of());
            }
            Thread.sleep(POLL);
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static OptionalDouble number(Object value) {
        return value instanceof Number n ? OptionalDouble.of(n.doubleValue()) : OptionalDouble.empty();
    }

    private static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
