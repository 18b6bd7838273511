package org.millrace.api.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.millrace.api.account.Quota;
import org.millrace.api.dispatch.Broker;
import org.millrace.api.dispatch.Fleet;
import org.millrace.api.ledger.FiguresLedger;
import org.millrace.api.ledger.FiguresLedger.Backlog;
import org.millrace.api.ledger.FiguresLedger.Library;
import org.millrace.api.ledger.TaskState;
import org.millrace.api.ledger.VideoState;
import org.millrace.model.task.Lane;
import org.millrace.store.MediaStore;

/**
 * Gauges of what the ledger holds and of who is there. Every API process shows the same figures of the one ledger, so
 * over several of them the greatest is taken, never the sum.
 */
@ApplicationScoped
class LedgerMetrics {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private final Quota quota;
    private final Broker broker;
    private final Fleet fleet;
    private final MediaStore store;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Figures<List<Backlog>> backlog;
    private final Figures<List<Library>> library;
    private final Figures<Long> published;
    private final MultiGauge workers;

    LedgerMetrics(
            FiguresLedger ledger,
            Quota quota,
            Broker broker,
            Fleet fleet,
            MediaStore store,
            Clock clock,
            MeterRegistry registry) {
        this.quota = quota;
        this.broker = broker;
        this.fleet = fleet;
        this.store = store;
        this.clock = clock;
        this.registry = registry;
        this.backlog = new Figures<>(ledger::backlog, SOON, clock);
        this.library = new Figures<>(ledger::library, SELDOM, clock);
        this.published = new Figures<>(ledger::publishedBytes, SELDOM, clock);
        this.workers = MultiGauge.builder("millrace.worker.alive")
                .description("1 for each live worker, with its host and the level of its sandbox")
                .register(registry);
    }

    void register(@Observes StartupEvent start) {
        for (Lane lane : Lane.values()) {
            String word = word(lane);
            gauge("millrace.tasks.waiting", "Tasks that nobody has started", "lane", word, it -> it.waiting(lane));
            gauge("millrace.tasks.running", "Tasks that a worker holds", "lane", word, it -> it.running(lane));
            gauge(
                    "millrace.tasks.oldest.waiting.seconds",
                    "How long the oldest task that could be started has waited; 0 if none waits",
                    "lane",
                    word,
                    it -> it.oldest(lane));
            gauge(
                    "millrace.slots",
                    "Tasks that live workers can run at once",
                    "lane",
                    word,
                    it -> it.fleet.slots(lane));
        }
        for (VideoState state : VideoState.values()) {
            gauge("millrace.videos", "Videos by state", "state", word(state), it -> it.videos(state));
        }
        gauge("millrace.stored.bytes", "Bytes in the media store", "what", "source", LedgerMetrics::sourceBytes);
        gauge("millrace.stored.bytes", "Bytes in the media store", "what", "set", it -> it.published.get());
        Gauge.builder("millrace.store.free.bytes", this, LedgerMetrics::free)
                .description("Free bytes of the media store; not a number where no limit is known")
                .register(registry);
        Gauge.builder("millrace.quota.bytes", this, it -> number(it.quota.allowedBytes()))
                .description("Bytes that may be held at most; not a number where there is no quota")
                .register(registry);
        Gauge.builder("millrace.broker.reachable", this, it -> it.broker.isReachable() ? 1 : 0)
                .description("1 while the broker can be used")
                .register(registry);
        Gauge.builder("millrace.workers", this, it -> it.fleet.alive().size())
                .description("Live workers")
                .register(registry);
        showWorkers();
    }

    /** Workers come and go: their rows are made anew. */
    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void showWorkers() {
        workers.register(
                fleet.alive().stream()
                        .map(Fleet.Member::report)
                        .map(worker -> MultiGauge.Row.of(
                                Tags.of(
                                        "worker", worker.worker().value(),
                                        "host", worker.host(),
                                        "sandbox", worker.sandbox()),
                                1))
                        .toList(),
                true);
    }

    private double waiting(Lane lane) {
        return ofLane(lane)
                .filter(LedgerMetrics::waits)
                .mapToLong(Backlog::count)
                .sum();
    }

    private double running(Lane lane) {
        return ofLane(lane).filter(row -> !waits(row)).mapToLong(Backlog::count).sum();
    }

    private double oldest(Lane lane) {
        Instant now = clock.instant();
        return ofLane(lane)
                .filter(LedgerMetrics::waits)
                .mapToDouble(row -> Duration.between(row.since(), now).toMillis() / 1000.0)
                .map(seconds -> Math.max(0, seconds))
                .max()
                .orElse(0);
    }

    private double videos(VideoState state) {
        return library.get().stream()
                .filter(row -> row.state() == state)
                .mapToLong(Library::count)
                .sum();
    }

    private double sourceBytes() {
        return library.get().stream().mapToLong(Library::sourceBytes).sum();
    }

    private double free() {
        return number(store.freeBytes());
    }

    private static double number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : Double.NaN;
    }

    private Stream<Backlog> ofLane(Lane lane) {
        return backlog.get().stream().filter(row -> row.lane() == lane);
    }

    private static boolean waits(Backlog row) {
        return row.state() != TaskState.RUNNING;
    }

    private void gauge(String name, String what, String tag, String value, ToDoubleFunction<LedgerMetrics> figure) {
        Gauge.builder(name, this, figure).description(what).tag(tag, value).register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
