package org.millrace.standalone.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One of the packaged applications, run as a process of its own: it can be killed. */
public final class Program implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);

    private final Process process;
    private final Path log;
    private final URI address;

    private Program(Process process, Path log, URI address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    /** What to run. */
    public static Builder of(String module) {
        return new Builder(module, "quarkus-app");
    }

    /** The API as its build for PostgreSQL makes it. */
    public static Builder apiOnPostgres() {
        return new Builder("api-service", "quarkus-app-postgresql");
    }

    /** Collects settings and starts. */
    public static final class Builder {

        private final String module;
        private final String app;
        private final Map<String, String> settings = new TreeMap<>();
        private final Map<String, String> environment = new TreeMap<>();
        private String heap = "-Xmx512m";

        private int port;

        private Builder(String module, String app) {
            this.module = module;
            this.app = app;
        }

        /** The port to listen on, for one that takes another's place; otherwise a free one. */
        public Builder at(int port) {
            this.port = port;
            return this;
        }

        /** A setting of the application. */
        public Builder with(String key, Object value) {
            settings.put(key, value.toString());
            return this;
        }

        /** An environment variable. */
        public Builder env(String key, String value) {
            environment.put(key, value);
            return this;
        }

        /** The heap limit, for example {@code -Xmx256m}. */
        public Builder heap(String flag) {
            heap = flag;
            return this;
        }

        /** Starts the application; does not wait for it. */
        public Program start(Path folder) {
            int listens = port == 0 ? Ports.free() : port;
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(heap, "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
            settings.put("quarkus.http.port", Integer.toString(listens));
            settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
            Path jar = Path.of("..", module, "target", app, "quarkus-run.jar")
                    .toAbsolutePath()
                    .normalize();
            command.addAll(List.of("-jar", jar.toString()));
            try {
                Files.createDirectories(folder);
                Path log = Files.createTempFile(folder, module, ".log");
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
                builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
                builder.environment().putAll(environment);
                return new Program(builder.start(), log, URI.create("http://127.0.0.1:" + listens));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Waits until it answers that it is started, or live, or ready. */
    public Program awaitHealth(String kind) {
        Awaitility.await(kind + " of " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(250))
                .failFast("the program has ended:\n" + tail(), () -> !process.isAlive())
                .until(() -> new Client(address).isUp(kind));
        return this;
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** A client of it. */
    public Client client() {
        return new Client(address);
    }

    /** Its process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** What it ended with; it has to have ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** All it has printed. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail() {
        String all = log();
        return all.substring(Math.max(0, all.length() - 4000));
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Stops its clockwork as a debugger or a virtual machine would: it lives, and does nothing. */
    public void pause() {
        Signals.send("STOP", process.pid());
    }

    /** Lets it go on after a pause. */
    public void resume() {
        Signals.send("CONT", process.pid());
    }

    /** Asks it to stop and waits. */
    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("It did not stop within a minute:\n" + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
