package org.millrace.worker.intake;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.attempt.StopReason;
import org.millrace.worker.ffmpeg.FfmpegInstallation;
import org.millrace.worker.report.Outcomes;
import org.millrace.worker.report.Signals;
import org.millrace.worker.report.WorkerIdentity;

/**
 * Where offers become attempts. What is acknowledged, and when:
 *
 * <table>
 * <caption>Life of a delivery</caption>
 * <tr><td>cancelled within the last hour</td><td>acknowledged at once</td></tr>
 * <tr><td>the task already runs here</td><td>acknowledged with the running one</td></tr>
 * <tr><td>an older offer of it runs here</td><td>as all others, once that is over</td></tr>
 * <tr><td>short task</td><td>acknowledged when its outcome is confirmed</td></tr>
 * <tr><td>long task</td><td>acknowledged when its start is confirmed; lives by the ledger's lease</td></tr>
 * <tr><td>cancelled while it runs</td><td>acknowledged without an outcome, its objects deleted</td></tr>
 * <tr><td>another encoder wanted, no slot, worker ends</td><td>acknowledged when the hand-back is confirmed</td></tr>
 * <tr><td>an outcome could not be confirmed before the worker ended</td><td>never: the broker offers it elsewhere</td></tr>
 * </table>
 */
@ApplicationScoped
public class Desk {

    private static final Logger LOG = Logger.getLogger(Desk.class);
    private static final Duration POLL = Duration.ofMillis(250);

    /** A large picture takes this long to show; what takes longer has to share the cores. */
    private static final Duration LET_PASS = Duration.ofSeconds(4);

    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Map<TaskId, RunningTask> tasks = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final IntakeConfig config;
    private final Slots slots;
    private final CancelledTasks cancelled;
    private final ScratchFolder scratch;
    private final AttemptRunner runner;
    private final Outcomes outcomes;
    private final Signals signals;
    private final WorkerIdentity identity;
    private final Trails trails;
    private final String encoder;
    private volatile boolean draining;

    @Inject
    Desk(
            IntakeConfig config,
            Slots slots,
            CancelledTasks cancelled,
            ScratchFolder scratch,
            AttemptRunner runner,
            Outcomes outcomes,
            Signals signals,
            WorkerIdentity identity,
            Trails trails,
            FfmpegInstallation installation) {
        this.config = config;
        this.slots = slots;
        this.cancelled = cancelled;
        this.scratch = scratch;
        this.runner = runner;
        this.outcomes = outcomes;
        this.signals = signals;
        this.identity = identity;
        this.trails = trails;
        this.encoder = installation.fingerprint();
    }

    /** Pages, forecasts and the dispatcher count on its slots before the first task comes. */
    void start(@Observes StartupEvent started) {
        signals.load(slots.bulk(), busy.get());
    }

    /** Takes a delivery through its whole life; returns when that is over. */
    void handle(Delivery delivery) {
        RunningTask task = new RunningTask(delivery.offer());
        task.join(delivery.ack());
        try {
            if (isTakenOn(task, delivery)) {
                carryToItsEnd(task, delivery.fromBroker());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the task is to be run here, now that no other delivery of it is; if not, the delivery is seen to. */
    private boolean isTakenOn(RunningTask task, Delivery delivery) throws InterruptedException {
        TaskOffer offer = delivery.offer();
        while (!cancelled.contains(offer.task())) {
            RunningTask running = tasks.putIfAbsent(offer.task(), task);
            if (running == null) {
                return true;
            }
            if (running.offer().offer() >= offer.offer()) {
                running.join(delivery.ack());
                return false;
            }
            // The ledger has answered a failure that this worker is just finishing to report: joining would lose it.
            running.awaitEnd();
        }
        delivery.ack().run();
        return false;
    }

    private void carryToItsEnd(RunningTask task, boolean fromBroker) throws InterruptedException {
        boolean safe = false;
        try {
            safe = carry(task, fromBroker);
        } finally {
            if (safe) {
                task.acknowledge();
            }
            tasks.remove(task.offer().task(), task);
            task.end();
        }
    }

    /** Stops what is running of a cancelled task or attempt. */
    void cancel(Cancel cancel) {
        if (cancel.attempt() == null) {
            cancelled.add(cancel.task());
        }
        RunningTask task = tasks.get(cancel.task());
        if (task != null) {
            task.stop(cancel.attempt(), StopReason.CANCELLED);
        }
    }

    /** Takes nothing new from now on: what comes is handed back. */
    void closeForNew() {
        draining = true;
    }

    /** Tasks taken on and not yet over. */
    Collection<RunningTask> tasks() {
        return List.copyOf(tasks.values());
    }

    /** How long a task should take here. */
    Duration planned(TaskOffer offer) {
        return Duration.ofMillis((long) (1000 * offer.weight() / slots.coresPerSlot()));
    }

    /** Whether the outcome is safe, so that the delivery may be acknowledged. */
    private boolean carry(RunningTask task, boolean fromBroker) throws InterruptedException {
        TaskOffer offer = task.offer();
        if (offer.encoder() != null && !offer.encoder().equals(encoder)) {
            return handBack(offer, "This worker uses another encoder: " + encoder);
        }
        Optional<String> refusal = awaitSlot(task, fromBroker);
        if (refusal.isPresent()) {
            return task.stopped() == StopReason.CANCELLED || handBack(offer, refusal.get());
        }
        signals.load(slots.bulk(), busy.incrementAndGet());
        try {
            return runInSlot(task, fromBroker);
        } finally {
            slots.giveBack(offer.lane());
            signals.load(slots.bulk(), busy.decrementAndGet());
        }
    }

    /** Waits for a slot; why there is none if it waited in vain. */
    private Optional<String> awaitSlot(RunningTask task, boolean fromBroker) throws InterruptedException {
        Lane lane = task.offer().lane();
        letPass(task);
        Duration waited = Duration.ZERO;
        while (!draining && task.stopped() == null) {
            if (slots.take(lane, POLL)) {
                return Optional.empty();
            }
            waited = waited.plus(POLL);
            // Others wait in the broker's queue where any worker can take them; this one is stuck with us.
            if (fromBroker && waited.compareTo(config.hold()) >= 0 && isHeldByAcknowledged(lane)) {
                return Optional.of("All slots of this worker are taken by long tasks");
            }
        }
        return Optional.of("The worker ends");
    }

    /** What nobody waits for begins a little later while a video is about to show its first picture. */
    private void letPass(RunningTask task) throws InterruptedException {
        boolean patient = !Precedence.opens(task.offer());
        for (Duration waited = Duration.ZERO;
                patient
                        && waited.compareTo(LET_PASS) < 0
                        && tasks.values().stream().anyMatch(RunningTask::isAwaited);
                waited = waited.plus(GLANCE)) {
            if (draining || task.stopped() != null) {
                return;
            }
            Thread.sleep(GLANCE);
        }
    }

    private boolean isHeldByAcknowledged(Lane lane) {
        return tasks.values().stream()
                .filter(task -> task.offer().lane() == lane && task.hasBegun())
                .allMatch(RunningTask::isAcknowledged);
    }

    private boolean runInSlot(RunningTask task, boolean fromBroker) {
        TaskOffer offer = task.offer();
        if (draining) {
            return handBack(offer, "The worker ends");
        }
        AttemptId id = AttemptId.random();
        Attempt attempt = new Attempt(offer, id, scratch.create("attempt-" + id), slots.threads(offer.lane()));
        task.begin(attempt);
        Attempt.Registration followed = signals.follow(attempt);
        Attempt.Registration trail = trails.begin(attempt);
        try {
            return report(task, attempt, fromBroker);
        } finally {
            trail.close();
            followed.close();
            scratch.delete(attempt.folder());
        }
    }

    private boolean report(RunningTask task, Attempt attempt, boolean fromBroker) {
        TaskOffer offer = task.offer();
        LOG.infof(
                "Task %s (%s) of video %s begins as attempt %s",
                offer.task(), offer.work().kind(), offer.video(), attempt.id());
        if (!outcomes.send(new Outcome.AttemptStarted(offer.task(), attempt.id(), identity.id(), offer.offer()))) {
            return false;
        }
        if (fromBroker && planned(offer).compareTo(config.earlyAck()) > 0) {
            task.acknowledge();
        }
        Optional<Outcome> outcome = runner.run(attempt);
        if (Thread.interrupted()) {
            LOG.debugf("Attempt %s was interrupted by its own end", attempt.id());
        }
        return outcome.isEmpty() || outcomes.send(outcome.get());
    }

    private boolean handBack(TaskOffer offer, String why) {
        LOG.infof("Task %s is handed back: %s", offer.task(), why);
        return outcomes.send(new Outcome.AttemptHandedBack(offer.task(), AttemptId.random(), identity.id(), why));
    }
}
