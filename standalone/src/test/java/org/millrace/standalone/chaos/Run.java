package org.millrace.standalone.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.millrace.standalone.testbed.TusUpload;

/** One run: an installation, a scenario, a verdict. */
final class Run {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration KILL_EVERY = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int BACKLOG = 4;
    private static final int TASKS_OF_A_TINY_CLIP = 8;

    private final Scenario scenario;
    private final Shape shape;
    private final int size;
    private final Duration time;
    private final long seed;
    private final Consumer<String> say;
    private final Map<String, String> figures = new LinkedHashMap<>();

    /**
     * A run that has not begun.
     *
     * @param size how much, in the scenario's unit
     * @param time how long, for those that are not counted
     * @param say is told what happens, a line each
     */
    Run(Scenario scenario, Shape shape, int size, Duration time, long seed, Consumer<String> say) {
        this.scenario = scenario;
        this.shape = shape;
        this.size = size;
        this.time = time;
        this.seed = seed;
        this.say = say;
    }

    /** Does it; everything it needs lies in a folder. */
    Verdict in(Path folder) throws IOException {
        Instant begun = Instant.now();
        List<Clip> clips = clips(folder);
        int workers = scenario == Scenario.BACKLOG ? 4 : 2;
        try (Installation installation = Installation.start(shape, folder, workers)) {
            Random dice = new Random(seed);
            Campaign campaign = new Campaign(installation, dice, say);
            Judge judge = new Judge(campaign);
            Feeder feeder = new Feeder(installation, clips);
            switch (scenario) {
                case MIXED -> fed(feeder, 0, () -> campaign.mix(time, SHORT));
                case WORKER_KILLS ->
                    fed(feeder, 30 * size / 50, () -> campaign.repeat(FaultKind.WORKER_KILLED, size, SHORT));
                case BROKER_KILLS -> fed(feeder, 0, () -> campaign.repeat(FaultKind.BROKER_KILLED, size, SHORT));
                case API_KILLS -> killApis(campaign, feeder, clips.getFirst(), dice);
                case UPLOADS -> uploadAtOnce(feeder);
                case BACKLOG -> drain(campaign, feeder);
                case STREAMS -> listen(campaign, feeder);
            }
            figures.put("uploads that broke off and went on", Long.toString(feeder.interruptions()));
            say.accept("all is done to it; waiting until all is final");
            return judge.judge(scenario.word(), seed, feeder.submissions(), figures, begun);
        }
    }

    private List<Clip> clips(Path folder) {
        return switch (scenario) {
            case MIXED, WORKER_KILLS, BROKER_KILLS -> Clip.mixture(folder.resolve("clips"));
            case API_KILLS -> List.of(Clip.bulky(folder.resolve("clips")));
            case UPLOADS, BACKLOG, STREAMS -> List.of(Clip.tiny(folder.resolve("clips")));
        };
    }

    /** Does something while others upload. */
    static void fed(Feeder feeder, int atLeast, Runnable what) {
        AtomicBoolean going = new AtomicBoolean(true);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> fed =
                    CompletableFuture.runAsync(() -> feeder.keepBusy(BACKLOG, atLeast, going::get), people);
            try {
                what.run();
            } finally {
                going.set(false);
            }
            fed.join();
        }
    }

    /** Kills the API when some of an upload has arrived, and goes on with the upload at the next one. */
    private void killApis(Campaign campaign, Feeder feeder, Clip clip, Random dice) throws IOException {
        Installation installation = campaign.installation();
        long repeated = 0;
        for (int i = 0; i < size; i++) {
            TusUpload upload = TusUpload.announce(installation.address(), clip.bytes());
            int sent = 1 + dice.nextInt(clip.bytes().length - 1);
            Socket line = upload.sendAndHold(installation.address(), 0, sent);
            Hold.on(Duration.ofMillis(dice.nextInt(300)));
            campaign.strike(FaultKind.API_KILLED);
            line.close();
            long safe = upload.offset(installation.address());
            if (safe > sent) {
                throw new AssertionError("more is safe than was sent: " + safe + " of " + sent);
            }
            repeated += sent - safe;
            feeder.finish(upload, clip);
        }
        figures.put("bytes sent twice per kill", Long.toString(repeated / Math.max(1, size)));
    }

    private void uploadAtOnce(Feeder feeder) {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Submission>> all = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                all.add(CompletableFuture.supplyAsync(feeder::submitNext, people));
            }
            all.forEach(CompletableFuture::join);
        }
    }

    /** Uploads until the ledger holds so many tasks, with a worker killed every 20 s and the broker twice. */
    private void drain(Campaign campaign, Feeder feeder) {
        LedgerView ledger = campaign.installation().ledger();
        // The workers stand still until the backlog is there, or there would be none.
        campaign.installation().workers().forEach(post -> post.program().pause());
        int videos = 0;
        while (videos < size / TASKS_OF_A_TINY_CLIP) {
            feeder.submitNext();
            videos++;
        }
        campaign.installation().workers().forEach(post -> post.program().resume());
        Instant begun = Instant.now();
        for (int i = 1; ledger.unfinishedVideos() > 0; i++) {
            Hold.until(KILL_EVERY, () -> ledger.unfinishedVideos() == 0);
            if (ledger.unfinishedVideos() > 4) {
                campaign.strike(i == 3 || i == 6 ? FaultKind.BROKER_KILLED : FaultKind.WORKER_KILLED);
            }
        }
        figures.put("tasks", Long.toString(ledger.count("select count(*) from task")));
        figures.put(
                "seconds to drain",
                Long.toString(Duration.between(begun, Instant.now()).toSeconds()));
    }

    /** Pages open on one video that is about to be made; each has to be told of its end. */
    private void listen(Campaign campaign, Feeder feeder) {
        Installation installation = campaign.installation();
        installation.workers().forEach(post -> post.program().pause());
        Submission watched = feeder.submitNext();
        long before = memory(installation);
        try (Listeners listeners = new Listeners(installation.address(), watched.video(), size)) {
            Hold.require("all streams to be open", LONG, () -> listeners.open() == size);
            figures.put("streams", Long.toString(listeners.open()));
            figures.put("MB more of the API for them", Long.toString(memory(installation) - before));
            installation.workers().forEach(post -> post.program().resume());
            Hold.require("the video", LONG, () -> installation.ledger().unfinishedVideos() == 0);
            Instant done = Instant.now();
            Hold.require("all of them to be told", LONG, () -> listeners.told("READY") == size);
            figures.put("streams told of the end", Long.toString(listeners.told("READY")));
            figures.put(
                    "milliseconds from the end in the ledger to the last stream",
                    Long.toString(Duration.between(done, Instant.now()).toMillis()));
        }
    }

    /** Megabytes of memory that the API has. */
    private static long memory(Installation installation) {
        long pid = installation.apis().getFirst().program().handle().pid();
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
