package org.millrace.model.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL with data and a port of its own, on the loopback address. One serves a whole test run; each test
 * class has a database of its own, so nothing of one can reach another.
 */
public final class PostgresServer implements AutoCloseable {

    /** The account of all databases, and its password. */
    public static final String ACCOUNT = "millrace";

    /** It refuses to run as root; Debian's package brings this user. */
    private static final String USER = "postgres";

    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

    private static PostgresServer shared;

    private final Path folder;
    private final int port = freePort();
    private Process process;

    private PostgresServer(Path folder) {
        this.folder = folder;
    }

    /** The server of this run, started when it is needed first and stopped with the JVM. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = own();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** A server that a test may crash; it has to close it. */
    public static PostgresServer own() {
        try {
            PostgresServer server = new PostgresServer(Files.createTempDirectory("millrace-postgresql"));
            server.initialise();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL is needed; ./millrace test installs it", e);
        }
    }

    /** Makes an empty database and answers its JDBC URL. */
    public String database(String name) {
        run("createdb", name);
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /**
     * Runs one of PostgreSQL's programs that talk to this server, as an operator would.
     *
     * @param arguments without address and account
     * @throws AssertionError with what it said if it fails
     */
    public void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(program(program).toString(), "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", ACCOUNT));
        command.addAll(List.of(arguments));
        run(command);
    }

    private void initialise() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), ACCOUNT);
        run(List.of("chmod", "711", folder.toString()));
        if (isRoot()) {
            run(List.of("chown", "-R", USER, folder.toString()));
        }
        run(asUser(List.of(
                program("initdb").toString(),
                "--pgdata=" + folder.resolve("data"),
                "--username=" + ACCOUNT,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync")));
    }

    /** Starts it, with the data it had. */
    public void start() throws IOException {
        process = new ProcessBuilder(asUser(List.of(
                        program("postgres").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-k",
                        folder.toString(),
                        // What a test leaves is thrown away: a loss of power costs nothing.
                        "-c",
                        "fsync=off")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        run(List.of(
                "sh",
                "-c",
                "for i in $(seq 300); do " + program("pg_isready") + " -q -h 127.0.0.1 -p " + port
                        + " && exit 0; sleep 0.1; done; cat " + folder.resolve("server.log") + "; exit 1"));
    }

    /** Ends it as a crash would: connections break, and what was not committed is lost. */
    public void crash() {
        end("QUIT");
    }

    /** Ends it in order, and throws its data away. */
    @Override
    public void close() {
        end("INT");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(String signal) {
        run(List.of("kill", "-" + signal, Long.toString(process.pid())));
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asUser(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        List<String> changed =
                new ArrayList<>(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        changed.addAll(command);
        return changed;
    }

    /** Debian keeps the programs of each version in a folder of its own, of which few are on PATH. */
    private static Path program(String name) {
        if (!Files.isDirectory(PACKAGES)) {
            return Path.of(name);
        }
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            return versions.map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .max(Comparator.comparing(Path::toString))
                    .orElse(Path.of(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", ACCOUNT);
            Process finished = builder.start();
            String output = new String(finished.getInputStream().readAllBytes());
            if (finished.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL is needed; ./millrace test installs it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
