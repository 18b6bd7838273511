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
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.DutyLedger;
import org.millrace.api.ledger.Pace;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoTouched;
import org.millrace.api.ledger.WorkLedger;
import org.millrace.api.ledger.WorkReleased;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.WorkerId;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Urgency;
import org.millrace.store.MediaStore;

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

    /**
     * How long the others wait for one that has died. Should a slow one lose the duty in mid-round, nothing is published
     * twice, because each task is reserved; the window is overfilled for a moment.
     */
    private static final Duration HOLD = Duration.ofSeconds(10);

    /** Reserved together: more would keep the first waiting, fewer would make the disk the bottleneck. */
    private static final int AT_ONCE = 8;

    private static final double UNMEASURED = 1;
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(2);

    private final TaskLedger tasks;
    private final WorkLedger work;
    private final VideoLedger videos;
    private final DutyLedger duties;
    private final MediaStore store;
    private final Publication publication;
    private final Upkeep upkeep;
    private final Fleet fleet;
    private final DispatchConfig config;
    private final Window window;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final String holder = WorkerId.random().value();
    private final Semaphore news = new Semaphore(0);
    private Instant dutyAskedAt = Instant.MIN;
    private volatile Thread thread;
    private volatile boolean stopping;

    Dispatcher(
            TaskLedger tasks,
            WorkLedger work,
            VideoLedger videos,
            DutyLedger duties,
            MediaStore store,
            Publication publication,
            Upkeep upkeep,
            Fleet fleet,
            DispatchConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.tasks = tasks;
        this.work = work;
        this.videos = videos;
        this.duties = duties;
        this.store = store;
        this.publication = publication;
        this.upkeep = upkeep;
        this.fleet = fleet;
        this.config = config;
        this.window = new Window(config.windowAtLeast(), config.windowPerSlot());
        this.clock = clock;
        this.metrics = metrics;
    }

    void onStart(@Observes StartupEvent start) {
        int outdated = videos.planOutdatedAnew();
        if (outdated > 0) {
            LOG.infof("%d videos were planned by an older version of Millrace and are planned anew", outdated);
        }
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
            news.release();
            thread.join(Duration.ofSeconds(5));
        }
        duties.release(DUTY, holder);
    }

    void onWork(@Observes WorkReleased released) {
        news.release();
    }

    /** What another replica has changed may be work as well. */
    void onVideo(@Observes VideoTouched touched) {
        if (!touched.here()) {
            news.release();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                news.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
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
        if (!publication.isOpen() || !isOnDuty()) {
            return;
        }
        upkeep.keep();
        for (Lane lane : Lane.values()) {
            Pace pace = pace(lane);
            OptionalLong room = room();
            List<TaskId> next = next(lane);
            for (int from = 0; from < next.size(); from += AT_ONCE) {
                if (stopping || !publication.isOpen()) {
                    return;
                }
                List<TaskId> some = next.subList(from, Math.min(next.size(), from + AT_ONCE));
                List<TaskOffer> offers = tasks.reserve(some, config.lease(), pace, room);
                publish(offers);
                for (TaskOffer offer : offers) {
                    pace = pace.after(offer.weight());
                }
            }
        }
    }

    /** Whether the duty is ours: for half of its time that is certain without asking. */
    private boolean isOnDuty() {
        Instant now = clock.instant();
        if (dutyAskedAt.plus(HOLD.dividedBy(4)).isAfter(now) && !dutyAskedAt.isAfter(now)) {
            return true;
        }
        boolean ours = duties.hold(DUTY, holder, HOLD);
        dutyAskedAt = ours ? now : Instant.MIN;
        return ours;
    }

    /** Room for results: what is free less what is kept. */
    private OptionalLong room() {
        OptionalLong free = store.freeBytes();
        return free.isEmpty()
                ? free
                : OptionalLong.of(
                        Math.max(0, free.getAsLong() - config.keepFree().asLongValue()));
    }

    private Pace pace(Lane lane) {
        return new Pace(work.measuredSecondsPerWeight().orElse(UNMEASURED), fleet.slots(lane), work.weightOut(lane));
    }

    /** What goes out now: the more urgent first, whoever owns it, and of equal urgency owners in turns. */
    private List<TaskId> next(Lane lane) {
        int slots = fleet.slots(lane);
        int room = window.room(slots, tasks.countUnstarted(lane));
        int patience = lane == Lane.FAST ? window.patientRoom(slots, tasks.countPatient(lane)) : room;
        int patient = 0;
        List<TaskId> next = new ArrayList<>();
        for (Urgency urgency : Urgency.values()) {
            int left = room - next.size();
            if (urgency != Urgency.START) {
                left = Math.min(left, patience - patient);
            }
            if (left > 0) {
                List<List<TaskId>> byOwner = new ArrayList<>();
                for (String owner : tasks.ownersWaiting(lane, urgency)) {
                    byOwner.add(tasks.waiting(lane, urgency, owner, left));
                }
                List<TaskId> dealt = FairTurns.deal(byOwner, left);
                patient += urgency == Urgency.START ? 0 : dealt.size();
                next.addAll(dealt);
            }
        }
        return next;
    }

    private void publish(List<TaskOffer> offers) {
        List<TaskOffer> published = new ArrayList<>();
        try {
            for (TaskOffer offer : offers) {
                if (stopping || !publication.isOpen()) {
                    tasks.notOffered(offer, Duration.ZERO);
                } else if (isPublished(offer)) {
                    published.add(offer);
                }
            }
        } finally {
            tasks.offered(published);
        }
    }

    private boolean isPublished(TaskOffer offer) {
        switch (publication.publish(offer)) {
            case PUBLISHED ->
                metrics.counter(
                                "millrace_tasks_published",
                                "lane",
                                offer.lane().name().toLowerCase(Locale.ROOT))
                        .increment();
            case REFUSED -> {
                tasks.notOffered(offer, AFTER_REFUSAL);
                return false;
            }
            case UNKNOWN -> {
                LOG.warnf("The broker has not confirmed task %s; dispatching pauses", offer.task());
                return false;
            }
        }
        return true;
    }
}
