package org.millrace.worker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A real rabbitmq-server with data and ports of its own, for as long as the tests of this profile run. */
public final class RabbitServer implements QuarkusTestResourceLifecycleManager {

    private static RabbitServer current;

    private Path folder;
    private int port;
    private int distribution;
    private Process process;

    /** The broker of the running tests. */
    static RabbitServer current() {
        return current;
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("millrace-rabbitmq");
            // Started by root, Debian's script runs the server as a user of its own.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = freePort();
        distribution = freePort();
        startServer();
        current = this;
        return Map.of("millrace.broker.host", "127.0.0.1", "millrace.broker.port", Integer.toString(port));
    }

    @Override
    public void stop() {
        stopServer();
    }

    /** Starts it with the data it had; returns when it takes connections. */
    void startServer() {
        process = run(List.of("rabbitmq-server"), folder.resolve("server.log"));
        await().atMost(Duration.ofSeconds(120)).until(this::answers);
    }

    /** Stops it as an operator would. */
    void stopServer() {
        // The script does not pass the signal on to the server it started.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.stream().filter(RabbitServer::isServer).forEach(ProcessHandle::destroy);
        await().atMost(Duration.ofSeconds(60)).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static boolean isServer(ProcessHandle handle) {
        return handle.info().command().orElse("").contains("beam");
    }

    /** A connection of the test's own. */
    Connection connect() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setConnectionTimeout(2000);
        return factory.newConnection("test");
    }

    private boolean answers() {
        assertThat(process.isAlive()).as("rabbitmq-server, see " + folder).isTrue();
        try (Connection connection = connect()) {
            return connection.isOpen();
        } catch (IOException | TimeoutException notYet) {
            return false;
        }
    }

    private Process run(List<String> command, Path output) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "RABBITMQ_NODENAME",
                                "millrace-worker-" + ProcessHandle.current().pid() + "@localhost",
                        "RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1",
                        "RABBITMQ_NODE_PORT", Integer.toString(port),
                        "RABBITMQ_DIST_PORT", Integer.toString(distribution),
                        "RABBITMQ_MNESIA_BASE", folder.resolve("data").toString(),
                        "RABBITMQ_LOG_BASE", folder.resolve("log").toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                folder.resolve("plugins").toString(),
                        "RABBITMQ_PID_FILE", folder.resolve("pid").toString(),
                        "HOME", folder.toString()));
        builder.environment().merge("PATH", ":/usr/local/sbin:/usr/sbin:/sbin", String::concat);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("rabbitmq-server is needed", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
