package millrace.compose;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import millrace.product.Http;

/**
 * Uploads clips to an installation with four workers, takes three of them away meanwhile and brings them back, and plays what
 * became of every clip: {@code java millrace.compose.ScaleTrial URL FILE NUMBER COMMAND...}, where the command changes the
 * number of workers when {@code transcode-worker=NUMBER} is added to it. Exit code 0: all play; 1: not, for the reason that is
 * printed; 2: the arguments are wrong.
 */
public final class ScaleTrial {

    private static final int MANY = 4;
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Http http;
    private final Fleet fleet;
    private final Path file;
    private final List<Clip> clips = new ArrayList<>();

    private ScaleTrial(Http http, Fleet fleet, Path file) {
        this.http = http;
        this.fleet = fleet;
        this.file = file;
    }

    /** Tries the installation that the arguments name. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length < 4 || !args[2].matches("[1-9]\\d{0,3}")) {
            System.err.println("usage: java millrace.compose.ScaleTrial URL FILE NUMBER COMMAND...");
            System.exit(2);
        }
        try {
            Http http = new Http(URI.create(args[0]));
            List<String> command = Arrays.asList(args).subList(3, args.length);
            new ScaleTrial(http, new Fleet(http, command), Path.of(args[1])).run(Integer.parseInt(args[2]));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("compose-test: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
            System.exit(1);
        }
    }

    private void run(int number) throws IOException, InterruptedException {
        System.out.println("| step | workers | uploaded | ready |\n|---|---|---|---|");
        fleet.await(MANY);
        step("started");
        upload(number / 2);
        step("first half uploaded");
        uploadWhileScaling(1, number / 4);
        step("scaled down meanwhile");
        uploadWhileScaling(MANY, number - clips.size());
        step("scaled up meanwhile");
        awaitReady();
        step("all ready");
        tell();
    }

    private void upload(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            clips.add(Clip.upload(http, file));
        }
    }

    private void uploadWhileScaling(int workers, int count) throws IOException, InterruptedException {
        try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> scaled = beside.submit(() -> {
                fleet.scale(workers);
                return null;
            });
            upload(count);
            scaled.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
        fleet.await(workers);
    }

    private void awaitReady() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (ready() < clips.size()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IOException("of " + clips.size() + " videos " + ready() + " are ready after " + LIMIT.toMinutes()
                        + " minutes");
            }
            Thread.sleep(POLL);
        }
    }

    private int ready() throws IOException, InterruptedException {
        int ready = 0;
        for (Clip clip : clips) {
            ready += clip.isReady() ? 1 : 0;
        }
        return ready;
    }

    private void step(String what) throws IOException, InterruptedException {
        System.out.printf("| %s | %d | %d | %d |%n", what, fleet.live(), clips.size(), ready());
    }

    private void tell() throws IOException, InterruptedException {
        DoubleSummaryStatistics ready = new DoubleSummaryStatistics();
        Set<String> workers = new TreeSet<>();
        Map<String, Integer> attempts = new TreeMap<>();
        double shortest = Double.MAX_VALUE;
        for (Clip clip : clips) {
            shortest = Math.min(shortest, clip.play());
            ready.accept(clip.readySeconds());
            for (Map<?, ?> attempt : clip.attempts()) {
                workers.add(String.valueOf(attempt.get("worker")));
                String state = String.valueOf(attempt.get("state"));
                attempts.merge(state.toLowerCase(Locale.ROOT).replace('_', ' '), 1, Integer::sum);
            }
        }
        System.out.println("\n| seen | |\n|---|---|");
        row("videos that play", clips.size() + ", each at least " + seconds(shortest));
        row("ready after the last byte", seconds(ready.getMin()) + " to " + seconds(ready.getMax()));
        row("workers that took part", String.valueOf(workers.size()));
        row("attempts at tasks", attempts.toString().replaceAll("[{}]", "").replace('=', ' '));
        row("sandbox of the workers", String.join(", ", fleet.sandboxes()));
    }

    private static void row(String what, String value) {
        System.out.printf("| %s | %s |%n", what, value);
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f s", value);
    }
}
