package org.millrace.standalone.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A real nginx before the programs it is given, with the configuration of deploy/nginx.conf or without much of one. */
public final class Nginx implements AutoCloseable {

    private static final String REPLICA = "server api-service:8080 ";
    private static final String LISTEN = "listen 8080;";

    private final Process process;
    private final Path log;
    private final URI address;

    private Nginx(Process process, Path log, URI address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    /** Starts it on a free port, with its files in a folder. */
    public static Nginx before(Path folder, List<URI> replicas) {
        int port = Ports.free();
        try {
            return start(
                    folder, adapted(Files.readString(Path.of("..", "deploy", "nginx.conf")), replicas, port), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one that was only told where to pass requests on to, as tutorials do. */
    public static Nginx carelesslyBefore(Path folder, URI server) {
        int port = Ports.free();
        return start(
                folder, "server { listen 127.0.0.1:" + port + "; location / { proxy_pass " + server + "; } }\n", port);
    }

    private static Nginx start(Path folder, String configuration, int port) {
        try {
            Path home = Files.createDirectories(folder.resolve("nginx"));
            Files.writeString(home.resolve("millrace.conf"), configuration);
            Files.writeString(home.resolve("nginx.conf"), frame());
            Path log = home.resolve("error.log");
            Process process = new ProcessBuilder(
                            program(), "-p", home.toString(), "-c", "nginx.conf", "-e", "error.log")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("output.log").toFile())
                    .start();
            URI address = URI.create("http://127.0.0.1:" + port);
            Awaitility.await("nginx")
                    .atMost(Duration.ofSeconds(20))
                    .failFast("nginx has ended; see " + home, () -> !process.isAlive())
                    .until(() -> new Client(address).isUp("live"));
            return new Nginx(process, log, address);
        } catch (IOException e) {
            throw new UncheckedIOException("nginx is needed; ./millrace test installs it", e);
        }
    }

    private static String adapted(String shipped, List<URI> replicas, int port) {
        List<String> lines = shipped.lines().toList();
        if (lines.stream().filter(line -> line.strip().startsWith(REPLICA)).count() != 2
                || lines.stream().filter(line -> line.strip().equals(LISTEN)).count() != 1) {
            throw new AssertionError("deploy/nginx.conf has other addresses than this expects");
        }
        return lines.stream()
                .flatMap(line -> line.strip().startsWith(REPLICA)
                        ? replicas.stream().map(uri -> line.replace("api-service:8080", uri.getAuthority()))
                        : List.of(line.replace(LISTEN, "listen 127.0.0.1:" + port + ";")).stream())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** What distributions put around it, but for the places of files. */
    private static String frame() {
        StringBuilder frame = new StringBuilder(
                "daemon off;\nworker_processes 1;\npid nginx.pid;\nevents {}\nhttp {\naccess_log access.log;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            frame.append(kind).append("_temp_path ").append(kind).append(";\n");
        }
        return frame.append("include millrace.conf;\n}\n").toString();
    }

    /** Debian keeps it where only root looks for programs. */
    private static String program() {
        Path debian = Path.of("/usr/sbin/nginx");
        return Files.isExecutable(debian) ? debian.toString() : "nginx";
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** A client of whatever stands behind it. */
    public Client client() {
        return new Client(address);
    }

    /** What went wrong. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
