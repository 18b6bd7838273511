package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.millrace.model.id.TaskId;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;

/** The ledger's backlog: what may be dispatched, what is out, and what has to be offered again. */
@ApplicationScoped
public class TaskLedger {

    private final Transactions transactions;
    private final Clock clock;

    TaskLedger(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A task as it stands now; empty if there is none. */
    public Optional<TaskRow> find(TaskId task) {
        return transactions.read(() -> TaskRow.<TaskRow>findByIdOptional(task.value()));
    }

    /** How many tasks of a lane are published, or about to be, that nobody has started. */
    public long countUnstarted(Lane lane) {
        return transactions.read(() ->
                TaskRow.count("lane = ?1 and state in (?2)", lane, EnumSet.of(TaskState.RESERVED, TaskState.OFFERED)));
    }

    /** Expected CPU seconds of the tasks that {@link #countUnstarted} counts. */
    public double weightUnstarted(Lane lane) {
        return transactions.read(() -> TaskRow.getEntityManager()
                .createQuery(
                        "select coalesce(sum(t.weight), 0.0) from TaskRow t where t.lane = ?1 and t.state in (?2)",
                        Double.class)
                .setParameter(1, lane)
                .setParameter(2, EnumSet.of(TaskState.RESERVED, TaskState.OFFERED))
                .getSingleResult());
    }

    /** The owners that have something to dispatch in a lane. */
    public List<String> ownersWaiting(Lane lane) {
        return transactions.read(() -> TaskRow.getEntityManager()
                .createQuery(
                        "select distinct t.owner from TaskRow t where t.state = ?1 and t.lane = ?2"
                                + " and t.notBefore <= ?3 order by t.owner",
                        String.class)
                .setParameter(1, TaskState.WAITING)
                .setParameter(2, lane)
                .setParameter(3, clock.instant())
                .getResultList());
    }

    /** What an owner has to dispatch in a lane: oldest video first, then in the order of the plan. */
    public List<TaskRow> waiting(Lane lane, String owner, int most) {
        return transactions.read(() -> TaskRow.<TaskRow>find(
                        "state = ?1 and lane = ?2 and owner = ?3 and notBefore <= ?4"
                                + " order by createdAt, videoId, ordinal",
                        TaskState.WAITING,
                        lane,
                        owner,
                        clock.instant())
                .page(0, most)
                .list());
    }

    /**
     * Reserves a task for publication if it still waits, and makes the offer of it.
     *
     * @param hold how long the reservation lasts unless {@link #offered} follows
     * @return empty if the task is no longer waiting
     */
    public Optional<TaskOffer> reserve(TaskId task, Duration hold) {
        return transactions.write(() -> {
            TaskRow row = row(task);
            Instant now = clock.instant();
            if (row == null || row.state != TaskState.WAITING || !row.moveTo(TaskState.RESERVED, now)) {
                return Optional.empty();
            }
            row.reservedUntil = now.plus(hold);
            row.offers++;
            VideoRow video = VideoRow.findById(row.videoId);
            return Optional.of(new TaskOffer(
                    task,
                    row.video(),
                    row.offers,
                    row.lane,
                    row.strategy,
                    row.weight,
                    row.task() instanceof Task.EncodeChunk ? video.encoder : null,
                    row.task()));
        });
    }

    /** Notes that an offer has been published; a worker may have been faster. */
    public void offered(TaskOffer offer) {
        transactions.write(() -> {
            TaskRow row = row(offer.task());
            Instant now = clock.instant();
            if (row != null && row.offers == offer.offer()) {
                row.offeredAt = now;
                HistoryRow.note(row.videoId, row.id, now, "offered", "offer " + offer.offer());
                if (row.state == TaskState.RESERVED) {
                    row.moveTo(TaskState.OFFERED, now);
                }
            }
            return null;
        });
    }

    /** Takes back an offer that the broker has refused. */
    public void notOffered(TaskOffer offer, Duration pause) {
        transactions.write(() -> {
            TaskRow row = row(offer.task());
            Instant now = clock.instant();
            if (row != null && row.state == TaskState.RESERVED && row.offers == offer.offer()) {
                row.moveTo(TaskState.WAITING, now);
                row.notBefore = now.plus(pause);
            }
            return null;
        });
    }

    /**
     * Puts everything back into the backlog that was out when the process ended; for the shape without a broker,
     * where nothing else can still hold it.
     *
     * @return how many tasks
     */
    public int takeBackEverything() {
        return takeBack("state in (?1)", List.of(TaskState.OUT), "the process was restarted");
    }

    /** Takes back reservations that were never followed by publication. */
    public int takeBackStaleReservations() {
        return takeBack(
                "state = ?1 and reservedUntil < ?2",
                List.of(TaskState.RESERVED, clock.instant()),
                "the reservation lapsed");
    }

    /**
     * Takes back tasks that were published but not started for so long that the queue must have lost them.
     *
     * @param offeredBefore only offers older than this
     */
    public int takeBackForgotten(Lane lane, Instant offeredBefore) {
        return takeBack(
                "state = ?1 and lane = ?2 and offeredAt < ?3",
                List.of(TaskState.OFFERED, lane, offeredBefore),
                "nobody started it");
    }

    /**
     * Prolongs leases; one transaction for all.
     *
     * @param fractions for each attempt that has been heard of, the share of its task that is done
     * @param lease how long each lease lasts from now
     */
    public void renewLeases(Map<String, Double> fractions, Duration lease) {
        if (fractions.isEmpty()) {
            return;
        }
        transactions.write(() -> {
            Instant until = clock.instant().plus(lease);
            fractions.forEach((attempt, fraction) -> TaskRow.update(
                    "leaseUntil = ?1, fraction = ?2 where attemptId = ?3 and state = ?4",
                    until,
                    fraction,
                    attempt,
                    TaskState.RUNNING));
            return null;
        });
    }

    /** Running tasks whose lease has run out. */
    public List<TaskRow> expired() {
        return transactions.read(
                () -> TaskRow.list("state = ?1 and leaseUntil < ?2", TaskState.RUNNING, clock.instant()));
    }

    /** Tasks in the given states, for pages and metrics. */
    public List<TaskRow> inStates(Collection<TaskState> states, int most) {
        return transactions.read(() -> TaskRow.<TaskRow>find(
                        "state in (?1) order by createdAt, videoId, ordinal", EnumSet.copyOf(states))
                .page(0, most)
                .list());
    }

    /** How many tasks are in the given states. */
    public long count(Collection<TaskState> states) {
        return transactions.read(() -> TaskRow.count("state in (?1)", EnumSet.copyOf(states)));
    }

    /** The tasks of the set that a video builds, in the order of the plan. */
    public List<TaskRow> ofVideo(VideoRow video) {
        return transactions.read(
                () -> TaskRow.list("videoId = ?1 and setNumber = ?2 order by ordinal", video.id, video.buildingSet));
    }

    private int takeBack(String query, List<Object> parameters, String why) {
        return transactions.write(() -> {
            Instant now = clock.instant();
            List<TaskRow> tasks = new ArrayList<>(TaskRow.list(query, parameters.toArray()));
            for (TaskRow task : tasks) {
                task.moveTo(TaskState.WAITING, now);
                task.notBefore = now;
                HistoryRow.note(task.videoId, task.id, now, "taken back", why);
            }
            return tasks.size();
        });
    }

    private static TaskRow row(TaskId task) {
        return TaskRow.findById(task.value());
    }
}
