package org.millrace.standalone.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real rabbitmq-server with data and ports of its own. One serves a whole test run; each test class has a virtual
 * host of its own, so nothing of one can reach another. Who wants to do worse to a broker than stop it takes one of its
 * own.
 */
public final class RabbitServer implements AutoCloseable {

    private static final AtomicInteger NODES = new AtomicInteger();

    private static RabbitServer shared;

    private final Path folder;
    private final int port = Ports.free();
    private final int distribution = Ports.free();
    private final String node =
            "millrace-test-" + ProcessHandle.current().pid() + "-" + NODES.incrementAndGet() + "@localhost";
    private Process process;

    private RabbitServer(Path folder) {
        this.folder = folder;
    }

    /** The broker of this run, started when it is needed first and stopped with the JVM. */
    public static synchronized RabbitServer shared() {
        if (shared == null) {
            shared = own();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::stop));
        }
        return shared;
    }

    /** A broker that a test may kill and wipe; it has to close it. */
    public static RabbitServer own() {
        try {
            RabbitServer server = new RabbitServer(Files.createTempDirectory("millrace-rabbitmq"));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its AMQP port. */
    public int port() {
        return port;
    }

    /** Makes a virtual host; the guest may do everything in it. */
    public String virtualHost(String name) {
        control("add_vhost", name);
        control("set_permissions", "-p", name, "guest", ".*", ".*", ".*");
        return name;
    }

    /** Starts it, with the data it had. */
    public void start() {
        process = run(List.of(program("rabbitmq-server")), folder.resolve("server.log"));
        Awaitility.await("the broker").atMost(Duration.ofSeconds(90)).until(this::answers);
        control("await_startup");
    }

    /** Whether its process is alive. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Stops it as an operator would. */
    public void stop() {
        process.destroy();
        end();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    /** Its processes as they are now, all of them. */
    public List<ProcessHandle> processes() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    /** What it has written down. */
    public String log() {
        StringBuilder all = new StringBuilder();
        for (Path file : Folders.files(folder.resolve("log"))) {
            try {
                all.append(Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }

    /** Throws all its data away; it has to be stopped. What is in the default virtual host is made anew at the start. */
    public void wipe() {
        Folders.delete(folder.resolve("data"));
    }

    /** Stops it and throws its data away. */
    @Override
    public void close() {
        kill();
        Folders.delete(folder);
    }

    /** Runs rabbitmqctl and answers what it prints. */
    public String control(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program("rabbitmqctl"), "-q", "-n", node));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("rabbitmqctl.log");
        Process control = run(command, output);
        try {
            if (!control.waitFor(90, TimeUnit.SECONDS) || control.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + Files.readString(output));
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Debian's wrappers on PATH change the user; the scripts they wrap do not. */
    private static String program(String name) {
        Path script = Path.of("/usr/lib/rabbitmq/bin", name);
        return Files.isExecutable(script) ? script.toString() : name;
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new AssertionError("rabbitmq-server has ended; see " + folder.resolve("server.log"));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void end() {
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process run(List<String> command, Path output) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "RABBITMQ_NODENAME", node,
                        "RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1",
                        "RABBITMQ_NODE_PORT", Integer.toString(port),
                        "RABBITMQ_DIST_PORT", Integer.toString(distribution),
                        "RABBITMQ_MNESIA_BASE", folder.resolve("data").toString(),
                        "RABBITMQ_LOG_BASE", folder.resolve("log").toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                folder.resolve("plugins").toString(),
                        "RABBITMQ_PID_FILE", folder.resolve("pid").toString(),
                        "HOME", folder.toString()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("rabbitmq-server is needed; ./millrace test installs it", e);
        }
    }
}
