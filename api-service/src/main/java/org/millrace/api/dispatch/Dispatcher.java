package org.millrace.api.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.DutyLedger;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.ledger.TaskRow;
import org.millrace.api.ledger.WorkReleased;
import org.millrace.model.id.WorkerId;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;

/**
 * Keeps the queue's window filled from the backlog. One process of the installation dispatches at a time; it reserves
 * a task by compare-and-set, publishes it outside any transaction and then notes that it did. A crash in between
 * leaves a reservation that lapses.
 */
@ApplicationScoped
class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final String DUTY = "dispatcher";
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(2);

    private final TaskLedger tasks;
    private final DutyLedger duties;
    private final Publication publication;
    private final Fleet fleet;
    private final DispatchConfig config;
    private final Window window;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final String holder = WorkerId.random().value();
    private final Semaphore work = new Semaphore(0);
    private volatile Thread thread;
    private volatile boolean stopping;

    Dispatcher(
            TaskLedger tasks,
            DutyLedger duties,
            Publication publication,
            Fleet fleet,
            DispatchConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.tasks = tasks;
        this.duties = duties;
        this.publication = publication;
        this.fleet = fleet;
        this.config = config;
        this.window = new Window(config.windowAtLeast(), config.windowPerSlot());
        this.clock = clock;
        this.metrics = metrics;
    }

    void onStart(@Observes StartupEvent start) {
        if (config.transport() == DispatchConfig.Transport.MEMORY) {
            int lost = tasks.takeBackEverything();
            if (lost > 0) {
                LOG.infof("%d tasks were under way when Millrace stopped last; they go on now", lost);
            }
        }
        thread = Thread.ofPlatform().name("dispatcher").daemon().start(this::run);
    }

    void onStop(@Observes ShutdownEvent stop) throws InterruptedException {
        stopping = true;
        if (thread != null) {
            work.release();
            thread.join(Duration.ofSeconds(5));
        }
        duties.release(DUTY, holder);
    }

    void onWork(@Observes WorkReleased released) {
        work.release();
    }

    private void run() {
        while (!stopping) {
            try {
                work.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
                work.drainPermits();
                if (!stopping) {
                    dispatch();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("Dispatching failed; it goes on in a moment", e);
            }
        }
    }

    private void dispatch() {
        if (!publication.isOpen() || !duties.hold(DUTY, holder, config.lease())) {
            return;
        }
        tasks.takeBackStaleReservations();
        for (Lane lane : Lane.values()) {
            takeBackForgotten(lane);
            int room = window.room(fleet.slots(lane), tasks.countUnstarted(lane));
            for (TaskRow task : next(lane, room)) {
                if (stopping || !publication.isOpen()) {
                    return;
                }
                tasks.reserve(task.taskId(), config.lease()).ifPresent(this::publish);
            }
        }
    }

    private List<TaskRow> next(Lane lane, int room) {
        if (room == 0) {
            return List.of();
        }
        List<List<TaskRow>> byOwner = new ArrayList<>();
        for (String owner : tasks.ownersWaiting(lane)) {
            byOwner.add(tasks.waiting(lane, owner, room));
        }
        return FairTurns.deal(byOwner, room);
    }

    private void publish(TaskOffer offer) {
        switch (publication.publish(offer)) {
            case PUBLISHED ->
                metrics.counter("millrace_tasks_published", "lane", offer.lane().name())
                        .increment();
            case REFUSED -> tasks.notOffered(offer, AFTER_REFUSAL);
            case UNKNOWN -> LOG.warnf("The broker has not confirmed task %s; dispatching pauses", offer.task());
        }
    }

    /**
     * Offers again what the queue seems to have lost: what waits three times longer than the whole window should
     * take, never while the broker is away, and not before one lease after its return.
     */
    private void takeBackForgotten(Lane lane) {
        if (config.transport() == DispatchConfig.Transport.MEMORY) {
            return;
        }
        Instant now = clock.instant();
        boolean settled = publication
                .reachableSince()
                .map(since -> since.plus(config.lease()).isBefore(now))
                .orElse(false);
        if (!settled) {
            return;
        }
        double ahead = tasks.weightUnstarted(lane) / Math.max(1, fleet.slots(lane));
        Duration wait = Duration.ofSeconds((long) (3 * ahead));
        Duration limit = wait.compareTo(config.forgottenAfter()) > 0 ? wait : config.forgottenAfter();
        int taken = tasks.takeBackForgotten(lane, now.minus(limit));
        if (taken > 0) {
            LOG.warnf("%d tasks of the %s lane were published but never started; they are offered again", taken, lane);
        }
    }
}
