package millrace.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import millrace.product.Http;
import millrace.product.Json;

/** The product, run for a measurement in a home of its own. It ends with this program, however that ends. */
public final class OwnProduct implements AutoCloseable {

    private static final Set<String> FINAL_STATES = Set.of("READY", "FAILED", "REJECTED", "CANCELLED");
    private static final long POLL_MS = 200;
    private static final int START_SECONDS = 180;
    private static final int VIDEOS_BEFORE = 5;

    private final Process process;
    private final Path home;
    private final URI address;
    private final Http http;
    private final Thread end;

    private OwnProduct(Process process, Path home, URI address) {
        this.process = process;
        this.home = home;
        this.address = address;
        http = new Http(address);
        end = new Thread(this::stop);
        Runtime.getRuntime().addShutdownHook(end);
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param jar the packaged product
     * @param home where it keeps its data
     * @param settings further system properties, {@code key=value}
     */
    public static OwnProduct start(Path jar, Path home, List<String> settings)
            throws IOException, InterruptedException {
        Files.createDirectories(home);
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.http.port=" + port,
                "-Dmillrace.home=" + home));
        settings.forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-jar", jar.toString()));
        Process process = Runs.start(command, home.resolve("log"));
        OwnProduct product = new OwnProduct(process, home, URI.create("http://127.0.0.1:" + port));
        product.awaitReady();
        return product;
    }

    /** A port that nobody listens on at the moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** A client of it. */
    public Http http() {
        return http;
    }

    /** Where it keeps its data. */
    public Path home() {
        return home;
    }

    /** Its process number. */
    public long pid() {
        return process.pid();
    }

    /** Begins to add up its processor time. */
    TreeMeter meter() {
        return new TreeMeter(process.toHandle());
    }

    /** Uploads a file. */
    public Http.Upload upload(Path file) throws IOException, InterruptedException {
        Http.Upload upload = http.upload(file);
        if (!(upload.answer().get("id") instanceof String)) {
            throw new IOException(file.getFileName() + " was refused: " + upload.answer());
        }
        return upload;
    }

    /**
     * Makes a server that has been in use of one that was just started: for its first videos it compiles its own code, on the
     * processors that would have made the video.
     */
    void use(Path file) throws IOException, InterruptedException {
        for (int video = 0; video < VIDEOS_BEFORE; video++) {
            String id = id(upload(file));
            awaitReady(id);
            drop(id);
        }
    }

    /** The identifier of what was uploaded. */
    public static String id(Http.Upload upload) {
        return (String) upload.answer().get("id");
    }

    /** A video as it is now. */
    public Map<?, ?> video(String id) throws IOException, InterruptedException {
        return http.json("/api/v1/videos/" + id);
    }

    /** Waits for the end of all work on a video, which must be that it is ready. */
    public void awaitReady(String id) throws IOException, InterruptedException {
        while (true) {
            Map<?, ?> video = video(id);
            String state = String.valueOf(video.get("state"));
            if (state.equals("READY")) {
                return;
            }
            if (FINAL_STATES.contains(state)) {
                throw new IOException("the video ended as " + state + ": " + video.get("failure"));
            }
            Thread.sleep(POLL_MS);
        }
    }

    /** All attempts at the tasks of a video, in the order of their start. */
    public List<Attempts.Attempt> attempts(String id) throws IOException, InterruptedException {
        return Attempts.of(Json.parse(http.text(http.resolve("/api/v1/videos/" + id + "/attempts"))));
    }

    /** Stops the work on a video and removes it. */
    public void drop(String id) throws IOException, InterruptedException {
        http.call("POST", "/api/v1/videos/" + id + "/cancel");
        int status = http.call("DELETE", "/api/v1/videos/" + id);
        if (status != 204) {
            throw new IOException("the video could not be removed: " + status);
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > give) {
                String log = Files.readString(home.resolve("log"));
                close();
                throw new IOException("the product did not start: " + log.substring(Math.max(0, log.length() - 2000)));
            }
            Thread.sleep(POLL_MS);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.call("GET", "/q/health/ready") == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        stop();
    }
}
