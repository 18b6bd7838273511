package org.millrace.standalone.testbed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.millrace.model.testing.PostgresServer;

/** The API and workers as processes of their own, on the real broker and one media folder. */
public final class Services implements AutoCloseable {

    private final Path folder;
    private final int brokerPort;
    private final String virtualHost;
    private final List<Program> running = new ArrayList<>();

    /** Services whose data lives in a folder, on a virtual host of their own. */
    public Services(Path folder, String virtualHost) {
        this(folder, RabbitServer.shared().port(), virtualHost);
    }

    /** The same on another broker, or on what stands before it. */
    public Services(Path folder, int brokerPort, String virtualHost) {
        this.folder = folder;
        this.brokerPort = brokerPort;
        this.virtualHost = virtualHost;
    }

    /** An API that can still be given settings. */
    public Program.Builder api() {
        return onBroker(Program.of("api-service")).with("millrace.home", folder.resolve("home"));
    }

    /** One of several replicas of the API, which share a database and the media. */
    public Program.Builder replica(String database) {
        return onBroker(Program.apiOnPostgres())
                .with("quarkus.datasource.jdbc.url", database)
                .env("QUARKUS_DATASOURCE_USERNAME", PostgresServer.ACCOUNT)
                .env("QUARKUS_DATASOURCE_PASSWORD", PostgresServer.ACCOUNT)
                .with("millrace.home", folder.resolve("replica-" + running.size()))
                .with("millrace.store.local.path", folder.resolve("home").resolve("media"));
    }

    /** A worker that can still be given settings. */
    public Program.Builder worker() {
        return onBroker(Program.of("transcode-worker"))
                .with("millrace.home", folder.resolve("worker-" + running.size()))
                .with("millrace.store.local.path", folder.resolve("home").resolve("media"));
    }

    /** Starts one of them; it is stopped with this. */
    public Program start(Program.Builder builder) {
        Program program = builder.start(folder);
        running.add(program);
        return program;
    }

    @Override
    public void close() {
        for (Program program : running.reversed()) {
            if (program.handle().isAlive()) {
                program.close();
            }
        }
    }

    private Program.Builder onBroker(Program.Builder builder) {
        return builder.with("millrace.broker.host", "127.0.0.1")
                .with("millrace.broker.port", brokerPort)
                .with("millrace.broker.virtual-host", virtualHost)
                .with("millrace.dispatch.lease", "10s");
    }
}
