package millrace.compose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import millrace.product.Http;

/** The workers of an installation: how many live, and a command that changes that. */
final class Fleet {

    private static final Pattern LIVE = Pattern.compile("(?m)^millrace_workers(?:\\{[^}]*})? (\\S+)$");
    private static final Pattern SANDBOX = Pattern.compile("(?m)^millrace_worker_alive\\{.*sandbox=\"([^\"]+)\"");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Http http;
    private final List<String> command;

    /**
     * The fleet of an installation.
     *
     * @param http a client of its API
     * @param command what changes the number of workers, when {@code transcode-worker=NUMBER} is added to it
     */
    Fleet(Http http, List<String> command) {
        this.http = http;
        this.command = List.copyOf(command);
    }

    /** How many workers the API hears of; 0 while it is not there itself. */
    int live() throws InterruptedException {
        Matcher live = LIVE.matcher(metrics());
        return live.find() ? (int) Double.parseDouble(live.group(1)) : 0;
    }

    /** The levels of sandbox that live workers have, each once. */
    List<String> sandboxes() throws InterruptedException {
        return SANDBOX.matcher(metrics()).results().map(found -> found.group(1)).distinct().sorted().toList();
    }

    /** Asks for a number of workers; {@link IOException} with what the command printed if it fails. */
    void scale(int workers) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.concat(command.stream(), Stream.of("transcode-worker=" + workers)).toList())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("scaling to " + workers + " workers failed: " + printed.strip());
        }
    }

    /** Waits until exactly that many live; {@link IOException} if they do not within five minutes. */
    void await(int workers) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (live() != workers) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IOException("of " + workers + " workers " + live() + " live after "
                        + TimeUnit.SECONDS.toMinutes(LIMIT.toSeconds()) + " minutes");
            }
            Thread.sleep(POLL);
        }
    }

    private String metrics() throws InterruptedException {
        try {
            return http.text(http.resolve("/q/metrics"));
        } catch (IOException e) {
            return "";
        }
    }
}
