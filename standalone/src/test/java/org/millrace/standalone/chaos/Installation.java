package org.millrace.standalone.chaos;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.millrace.model.testing.PostgresServer;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.FaultProxy;
import org.millrace.standalone.testbed.Nginx;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;
import org.millrace.store.S3Server;

/**
 * A whole installation of one shape, of real programs and real servers that belong to it alone, with a line that can be
 * made bad before each server, and small disks where disks can be mounted.
 */
public final class Installation implements AutoCloseable {

    private static final String BUCKET = "millrace";
    private static final int SCRATCH_MB = 96;
    private static final int MEDIA_MB = 1024;

    private final Shape shape;
    private final Path folder;
    private final Services services;
    private final RabbitServer broker;
    private final PostgresServer postgres;
    private final S3Server s3;
    private final FaultProxy apiLine;
    private final FaultProxy workerLine;
    private final FaultProxy storeLine;
    private final List<Post> apis = new ArrayList<>();
    private final List<Post> workers = new ArrayList<>();
    private final List<Disk> scratches = new ArrayList<>();
    private final LedgerView ledger;
    private final StoreView store;
    private final Thread atEnd = new Thread(this::end);
    private Disk media;
    private Nginx nginx;

    private Installation(Shape shape, Path folder, int workerCount) {
        this.shape = shape;
        this.folder = folder;
        broker = shape.hasBroker() ? RabbitServer.own() : null;
        apiLine = shape.hasBroker() ? FaultProxy.before(broker.port()) : null;
        workerLine = shape.hasBroker() ? FaultProxy.before(broker.port()) : null;
        services = shape.hasBroker() ? new Services(folder, workerLine.port(), "/") : null;
        boolean replicas = shape == Shape.REPLICAS;
        postgres = replicas ? PostgresServer.own() : null;
        s3 = replicas ? S3Server.start() : null;
        storeLine = replicas ? FaultProxy.before(s3.endpoint().getPort()) : null;
        String database = replicas ? postgres.database("chaos") : "jdbc:sqlite:" + home().resolve("millrace.db");
        ledger = new LedgerView(database);
        Path objects = home().resolve("media");
        store = replicas ? new StoreView.Bucket(s3, BUCKET) : new StoreView.Local(objects);
        if (replicas) {
            s3.createBucket(BUCKET);
        }
        if (Disk.arePossible(folder)) {
            media = replicas ? null : Disk.mount(objects, MEDIA_MB);
        }
        place(workerCount, database);
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param workers how many; in one process there is always one
     */
    public static Installation start(Shape shape, Path folder, int workers) {
        Installation made = new Installation(shape, folder, workers);
        Runtime.getRuntime().addShutdownHook(made.atEnd);
        try {
            made.posts().forEach(Post::start);
            made.posts().forEach(Post::awaitReady);
            if (shape == Shape.REPLICAS) {
                made.nginx = Nginx.before(
                        folder,
                        made.apis.stream().map(post -> post.program().address()).toList());
            }
            return made;
        } catch (RuntimeException | Error e) {
            made.close();
            throw e;
        }
    }

    private void place(int workerCount, String database) {
        if (!shape.hasBroker()) {
            Post all = new Post(
                    "standalone", folder, () -> tuned(Program.of("standalone")).with("millrace.home", home()));
            apis.add(all);
            workers.add(all);
            return;
        }
        int apiCount = shape == Shape.REPLICAS ? 2 : 1;
        for (int i = 0; i < apiCount; i++) {
            Path own = folder.resolve("api-" + i);
            apis.add(new Post(
                    "api " + i,
                    folder,
                    () -> tuned(
                                    shape == Shape.REPLICAS
                                            ? services.replica(database).with("millrace.home", own)
                                            : services.api())
                            .with("millrace.broker.port", apiLine.port())));
        }
        for (int i = 0; i < workerCount; i++) {
            Path own = folder.resolve("worker-" + i);
            if (Disk.arePossible(folder)) {
                scratches.add(Disk.mount(own.resolve("scratch"), SCRATCH_MB));
            }
            workers.add(new Post(
                    "worker " + i, folder, () -> tuned(services.worker()).with("millrace.home", own)));
        }
    }

    /** Patience of a production system, cut short; and small limits for small disks. */
    private Program.Builder tuned(Program.Builder builder) {
        Program.Builder tuned = builder.heap("-Xmx320m")
                .with("java.io.tmpdir", folder.resolve("tmp"))
                .with("millrace.dispatch.lease", "10s")
                .with("millrace.dispatch.forgotten-after", "20s")
                .with("millrace.dispatch.keep-free", "2M")
                .with("millrace.upload.keep-free", "8M")
                .with("millrace.janitor.leftovers-after", "15s")
                .with("millrace.ffmpeg.stall-timeout", "PT10S")
                .with("millrace.worker.scratch.reserve", "2M")
                // A campaign is one client that does the work of hundreds.
                .with("millrace.limits.uploads", 0)
                .with("millrace.limits.changes", 0)
                .with("millrace.limits.reads", 0)
                .with("millrace.limits.streams", 0)
                .with("millrace.worker.slots", 1);
        if (s3 != null) {
            tuned.with("millrace.store.kind", "s3")
                    .with("millrace.store.s3.bucket", BUCKET)
                    .with("quarkus.s3.endpoint-override", "http://127.0.0.1:" + storeLine.port())
                    .with("quarkus.s3.path-style-access", true)
                    .with("quarkus.s3.aws.credentials.type", "static")
                    .with("quarkus.s3.aws.credentials.static-provider.access-key-id", s3.accessKey())
                    .with("quarkus.s3.aws.credentials.static-provider.secret-access-key", s3.secretKey());
        }
        return tuned;
    }

    /** How it is put together. */
    public Shape shape() {
        return shape;
    }

    /** Everything that belongs to it lies in here, but for the data of its servers. */
    Path folder() {
        return folder;
    }

    /** The data folder of its API. */
    Path home() {
        return folder.resolve("home");
    }

    /** Where its users find it. */
    public URI address() {
        return nginx != null ? nginx.address() : apis.getFirst().program().address();
    }

    /** A user of it. */
    public Client client() {
        return new Client(address());
    }

    /** Where an API runs. */
    public List<Post> apis() {
        return apis;
    }

    /** Where workers run. */
    public List<Post> workers() {
        return workers;
    }

    /** Everywhere where something runs. */
    List<Post> posts() {
        return Stream.concat(apis.stream(), workers.stream()).distinct().toList();
    }

    /** Its broker; only where it has one. */
    RabbitServer broker() {
        return broker;
    }

    /** Its database server; only where it has one. */
    PostgresServer postgres() {
        return postgres;
    }

    /** The line from the API to the broker. */
    FaultProxy apiLine() {
        return apiLine;
    }

    /** The line from the workers to the broker. */
    FaultProxy workerLine() {
        return workerLine;
    }

    /** The line from everybody to S3. */
    FaultProxy storeLine() {
        return storeLine;
    }

    /** The disk of the media; empty if none could be mounted. */
    Optional<Disk> mediaDisk() {
        return Optional.ofNullable(media);
    }

    /** The scratch disks of the workers, in their order; none if they could not be mounted. */
    List<Disk> scratchDisks() {
        return scratches;
    }

    /** Its database, read without it. */
    public LedgerView ledger() {
        return ledger;
    }

    /** Its objects, read without it. */
    public StoreView store() {
        return store;
    }

    /** Processes that have no business to be there: they have outlived the program, or the parent, that started them. */
    List<ProcessHandle> orphans() {
        Set<ProcessHandle> ours = Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .collect(Collectors.toSet());
        Stream<ProcessHandle> strangers = ProcessHandle.allProcesses()
                .filter(process -> !ours.contains(process))
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()));
        return Stream.concat(posts().stream().flatMap(post -> post.orphans().stream()), strangers)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atEnd);
        end();
    }

    /** Also when the suite is broken off: nothing of it may run on. */
    private void end() {
        if (nginx != null) {
            nginx.close();
        }
        posts().stream()
                .filter(post -> post.program() != null)
                .filter(post -> post.program().handle().isAlive())
                .forEach(post -> post.program().kill());
        Stream.of(apiLine, workerLine, storeLine, broker, postgres, s3, media).forEach(Installation::closeIfThere);
        scratches.forEach(Disk::close);
    }

    private static void closeIfThere(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
