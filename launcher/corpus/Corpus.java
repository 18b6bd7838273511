import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Runs a folder of media files through a running product and compares what becomes of each with what its manifest
 * expects: {@code java Corpus DIR URL}. One file at a time, so that the time of a row is its own.
 *
 * <p>MANIFEST.tsv has a header line; the columns {@code file}, {@code sha256}, {@code duration}, {@code expect} and
 * {@code expected_duration} are used. {@code expect} is {@code convert}, {@code convert-partial}, {@code reject} or
 * {@code reject-or-audio} (anything after the first word is a remark). Exit code 0: every row is as expected; 1: some
 * are not; 2: the folder or the product cannot be used.
 */
final class Corpus {

    private static final Set<String> FINAL_STATES = Set.of("READY", "FAILED", "REJECTED", "CANCELLED");
    private static final Duration POLL = Duration.ofMillis(400);
    private static final Duration BASE_LIMIT = Duration.ofSeconds(60);
    private static final int LIMIT_PER_SECOND = 10;

    private final Http http;

    private Corpus(Http http) {
        this.http = http;
    }

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 2) {
            System.err.println("usage: java Corpus DIR URL");
            System.exit(2);
        }
        try {
            System.exit(new Corpus(new Http(URI.create(args[1]))).run(Path.of(args[0])));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            System.err.println("corpus: " + e.getMessage());
            System.exit(2);
        }
    }

    private int run(Path folder) throws IOException, InterruptedException {
        List<Row> rows = Row.read(folder.resolve("MANIFEST.tsv"));
        int width = rows.stream().mapToInt(row -> row.file().length()).max().orElse(4);
        String line = "%-" + width + "s  %-15s  %-20s  %9s  %7s  %s%n";
        System.out.printf(line, "file", "expectation", "result", "duration", "seconds", "verdict");
        int wrong = 0;
        for (Row row : rows) {
            Result result = tryRow(row, folder.resolve(row.file()));
            List<String> complaints = result.complaints().isEmpty() ? judge(row, result) : result.complaints();
            wrong += complaints.isEmpty() ? 0 : 1;
            System.out.printf(
                    Locale.ROOT,
                    line,
                    row.file(),
                    row.expect(),
                    result.label(),
                    result.duration().isPresent()
                            ? String.format(Locale.ROOT, "%.3f", result.duration().getAsDouble())
                            : "-",
                    String.format(Locale.ROOT, "%.1f", result.seconds()),
                    complaints.isEmpty() ? "as expected" : "NOT AS EXPECTED: " + String.join("; ", complaints));
        }
        System.out.printf("%d as expected, %d not%n", rows.size() - wrong, wrong);
        return wrong == 0 && !rows.isEmpty() ? 0 : 1;
    }

    /** Whatever goes wrong with one file is that row's verdict; the other rows still run. */
    private Result tryRow(Row row, Path file) throws InterruptedException {
        long start = System.nanoTime();
        try {
            if (!Files.isRegularFile(file)) {
                return Result.broken("the file is not in the folder", 0);
            }
            if (!row.sha256().equals(sha256(file))) {
                return Result.broken("the file is not the one of the manifest (sha256 differs)", 0);
            }
            return follow(row, http.upload(file), start);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            return Result.broken(e.getClass().getSimpleName() + ": " + e.getMessage(), secondsSince(start));
        }
    }

    private Result follow(Row row, Map<?, ?> answer, long start) throws IOException, InterruptedException {
        if (!(answer.get("id") instanceof String id)) {
            // A file may be refused before it becomes a video; the problem then carries the reason.
            return new Result("REJECTED", answer, OptionalDouble.empty(), secondsSince(start), List.of());
        }
        while (true) {
            Map<?, ?> video = http.json("/api/v1/videos/" + id);
            OptionalDouble duration = number(video.get("durationSeconds"));
            double seconds = secondsSince(start);
            String state = String.valueOf(video.get("state"));
            double limit = BASE_LIMIT.toSeconds() + LIMIT_PER_SECOND * duration.orElse(row.playableSeconds());
            if (seconds > limit) {
                String late = String.format(Locale.ROOT, "%s after %.0f s, the limit is %.0f s", state, seconds, limit);
                return new Result(state, video, duration, seconds, List.of(late));
            }
            if (FINAL_STATES.contains(state)) {
                return new Result(state, video, duration, seconds, List.of());
            }
            Thread.sleep(POLL);
        }
    }

    /** What is wrong with a result, in words; empty if it is as the row expects. */
    private List<String> judge(Row row, Result result) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        boolean ready = result.state().equals("READY");
        switch (row.expect()) {
            case "convert", "convert-partial" -> {
                boolean partial = row.expect().equals("convert-partial");
                check(wrong, ready, "it should be READY");
                check(wrong, result.partial() == partial, "partial should be " + partial);
            }
            case "reject" -> check(wrong, !ready, "it should be refused");
            case "reject-or-audio" -> {}
            default -> wrong.add("the manifest expects \"" + row.expect() + "\", which is no known word");
        }
        if (ready) {
            wrong.addAll(judgePlayable(row, result));
        } else {
            check(wrong, !result.state().equals("CANCELLED"), "nobody cancelled it");
            check(wrong, result.failureExplained(), "the reason lacks its code or its sentence");
        }
        return wrong;
    }

    private List<String> judgePlayable(Row row, Result result) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        check(wrong, Boolean.TRUE.equals(result.video().get("playable")), "playable should be true");
        check(wrong, result.duration().orElse(0) > 0, "durationSeconds should be positive");
        if (row.expect().equals("convert") && row.expectedDuration().isPresent()) {
            double expected = row.expectedDuration().getAsDouble();
            check(
                    wrong,
                    near(result.duration().orElse(0), expected),
                    "the duration should be " + expected);
        }
        if (!(result.video().get("media") instanceof Map<?, ?> media) || !(media.get("hls") instanceof String hls)) {
            wrong.add("media.hls is missing");
            return wrong;
        }
        try {
            double listed = new Hls(http).playAll(hls);
            check(wrong, near(listed, result.duration().orElse(0)), "the playlists list " + listed + " s");
            for (String other : List.of("mp4", "poster")) {
                if (media.get(other) instanceof String path) {
                    http.range(http.resolve(path), 0, 1);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            wrong.add(e.getMessage());
        }
        return wrong;
    }

    private static void check(List<String> wrong, boolean fine, String complaint) {
        if (!fine) {
            wrong.add(complaint);
        }
    }

    private static boolean near(double actual, double expected) {
        return Math.abs(actual - expected) <= Math.max(0.5, 0.02 * expected);
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
