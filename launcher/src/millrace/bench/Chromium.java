package millrace.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import millrace.product.Json;
import millrace.product.JsonText;

/** The system's Chromium without a window, with one page, steered over its debugging protocol. */
public final class Chromium implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final long POLL_MS = 20;

    private final Process process;
    private final Path profile;
    private final Answers answers = new Answers();
    private WebSocket socket;
    private int calls;

    private Chromium(Process process, Path profile) {
        this.process = process;
        this.profile = profile;
    }

    /** The browser's program; empty if there is none. */
    public static Optional<Path> program() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with an empty profile in a folder. */
    public static Chromium start(Path program, Path profile) throws IOException, InterruptedException {
        List<String> command = List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--autoplay-policy=no-user-gesture-required",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank");
        Chromium chromium = new Chromium(Runs.start(command, null), profile);
        Runtime.getRuntime().addShutdownHook(new Thread(chromium.process::destroy));
        try {
            chromium.connect();
            return chromium;
        } catch (IOException | InterruptedException e) {
            chromium.close();
            throw e;
        }
    }

    private void connect() throws IOException, InterruptedException {
        Path port = profile.resolve("DevToolsActivePort");
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
            if (!process.isAlive() || System.nanoTime() > give) {
                throw new IOException("the browser did not start");
            }
            Thread.sleep(POLL_MS);
        }
        HttpClient client = HttpClient.newHttpClient();
        URI pages = URI.create("http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json/list");
        Object list = Json.parse(client.send(HttpRequest.newBuilder(pages).build(), BodyHandlers.ofString())
                .body());
        String address = ((List<?>) list)
                .stream()
                        .map(page -> (Map<?, ?>) page)
                        .filter(page -> "page".equals(page.get("type")))
                        .map(page -> (String) page.get("webSocketDebuggerUrl"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("the browser has no page"));
        socket = client.newWebSocketBuilder().buildAsync(URI.create(address), answers).join();
        call("Page.enable", Map.of());
    }

    /** Runs a script in every page from now on, before anything of the page. */
    public void always(String script) throws IOException, InterruptedException {
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Goes to an address. */
    public void open(URI address) throws IOException, InterruptedException {
        call("Page.navigate", Map.of("url", address.toString()));
    }

    /** The value of an expression, of what it promises if it is a promise; null if it is undefined or fails. */
    public Object value(String expression) throws IOException, InterruptedException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("expression", expression);
        parameters.put("returnByValue", true);
        parameters.put("awaitPromise", true);
        return call("Runtime.evaluate", parameters).get("result") instanceof Map<?, ?> result ? result.get("value") : null;
    }

    /** Asks for a number until there is one. */
    public double number(String expression) throws IOException, InterruptedException {
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < give) {
            if (value(expression) instanceof Number number) {
                return number.doubleValue();
            }
            Thread.sleep(POLL_MS);
        }
        throw new IOException("the page never said " + expression);
    }

    private Map<?, ?> call(String method, Map<String, ?> parameters) throws IOException, InterruptedException {
        int id = ++calls;
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        socket.sendText(JsonText.of(message), true).join();
        while (true) {
            String text = answers.whole.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new IOException("the browser does not answer " + method);
            }
            if (Json.parse(text) instanceof Map<?, ?> answer
                    && answer.get("id") instanceof Number number
                    && number.intValue() == id) {
                if (answer.get("result") instanceof Map<?, ?> result) {
                    return result;
                }
                throw new IOException("the browser refuses " + method + ": " + text);
            }
        }
    }

    /** Ends it and removes its profile. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Puts together the pieces in which messages come. */
    private static final class Answers implements WebSocket.Listener {

        private final BlockingQueue<String> whole = new ArrayBlockingQueue<>(10_000);
        private final StringBuilder pieces = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            pieces.append(data);
            if (last) {
                whole.add(pieces.toString());
                pieces.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
