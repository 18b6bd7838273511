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
import java.util.OptionalLong;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Urgency;

/** The ledger's backlog: what may be dispatched, what is out, and what has to be offered again. */
@ApplicationScoped
public class TaskLedger {

    /** How long a task waits before it is asked again whether there is room for its result. */
    static final Duration ROOM_PAUSE = Duration.ofSeconds(15);

    private final Transactions transactions;
    private final Offers offers;
    private final LedgerNews news;
    private final Clock clock;

    TaskLedger(Transactions transactions, Offers offers, LedgerNews news, Clock clock) {
        this.transactions = transactions;
        this.offers = offers;
        this.news = news;
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

    /** Of the tasks that {@link #countUnstarted(Lane)} counts, those that nobody's first picture waits for. */
    public long countPatient(Lane lane) {
        return transactions.read(() -> TaskRow.count(
                "lane = ?1 and state in (?2) and urgency <> ?3",
                lane,
                EnumSet.of(TaskState.RESERVED, TaskState.OFFERED),
                Urgency.START));
    }

    /** The owners that have something of this urgency to dispatch in a lane. */
    public List<String> ownersWaiting(Lane lane, Urgency urgency) {
        return transactions.read(() -> TaskRow.getEntityManager()
                .createQuery(
                        "select distinct t.owner from TaskRow t where t.state = ?1 and t.lane = ?2"
                                + " and t.urgency = ?3 and t.notBefore <= ?4 order by t.owner",
                        String.class)
                .setParameter(1, TaskState.WAITING)
                .setParameter(2, lane)
                .setParameter(3, urgency)
                .setParameter(4, clock.instant())
                .getResultList());
    }

    /** What an owner has to dispatch in a lane: oldest video first, then in the order of the plan. */
    public List<TaskId> waiting(Lane lane, Urgency urgency, String owner, int most) {
        return transactions.read(() -> TaskRow.getEntityManager()
                .createQuery(
                        "select t.id from TaskRow t where t.state = ?1 and t.lane = ?2 and t.urgency = ?3"
                                + " and t.owner = ?4 and t.notBefore <= ?5 order by t.createdAt, t.videoId, t.ordinal",
                        String.class)
                .setParameter(1, TaskState.WAITING)
                .setParameter(2, lane)
                .setParameter(3, urgency)
                .setParameter(4, owner)
                .setParameter(5, clock.instant())
                .setMaxResults(most)
                .getResultStream()
                .map(TaskId::new)
                .toList());
    }

    /**
     * Reserves a task for publication if it still waits, and makes the offer of it.
     *
     * @param hold how long the reservation lasts unless {@link #offered} follows
     * @param pace by which to tell whether it will be done in time for somebody who watches
     * @param room bytes that the media store can still take; empty where no limit is known
     * @return empty if the task is no longer waiting, or there is no room for its result
     */
    public Optional<TaskOffer> reserve(TaskId task, Duration hold, Pace pace, OptionalLong room) {
        return transactions.write(() -> reserved(task, hold, pace, room));
    }

    /**
     * The same for several tasks in one transaction: each wait for the disk is one that somebody waits for.
     *
     * @param pace before the first of them; each that is reserved is counted in for the next
     */
    public List<TaskOffer> reserve(List<TaskId> some, Duration hold, Pace pace, OptionalLong room) {
        return transactions.write(() -> {
            List<TaskOffer> offers = new ArrayList<>();
            Pace now = pace;
            for (TaskId task : some) {
                Optional<TaskOffer> offer = reserved(task, hold, now, room);
                now = now.after(offer.map(TaskOffer::weight).orElse(0.0));
                offer.ifPresent(offers::add);
            }
            return offers;
        });
    }

    private Optional<TaskOffer> reserved(TaskId task, Duration hold, Pace pace, OptionalLong room) {
        TaskRow row = row(task);
        Instant now = clock.instant();
        if (row == null || row.state != TaskState.WAITING) {
            return Optional.empty();
        }
        if (room.isPresent() && row.bytes > room.getAsLong()) {
            row.notBefore = now.plus(ROOM_PAUSE);
            row.failureCode = FailureCode.OUT_OF_SPACE.slug();
            news.touched(row.video());
            return Optional.empty();
        }
        row.moveTo(TaskState.RESERVED, now);
        row.reservedUntil = now.plus(hold);
        row.offers++;
        return Optional.of(offers.of(row, pace));
    }

    /** Notes that offers have been published; a worker may have been faster. */
    public void offered(List<TaskOffer> published) {
        if (published.isEmpty()) {
            return;
        }
        transactions.write(() -> {
            Instant now = clock.instant();
            for (TaskOffer offer : published) {
                TaskRow row = row(offer.task());
                if (row != null && row.offers == offer.offer()) {
                    row.offeredAt = now;
                    HistoryRow.note(row.videoId, row.id, now, "offered", "offer " + offer.offer());
                    if (row.state == TaskState.RESERVED) {
                        row.moveTo(TaskState.OFFERED, now);
                    }
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

    /** Takes back all that waits in queues, or is on its way there, and answers how many tasks that are. */
    public int takeBackUnstarted() {
        return takeBack(
                "state in (?1)",
                List.of(EnumSet.of(TaskState.RESERVED, TaskState.OFFERED)),
                "the broker has lost its data");
    }

    /**
     * Prolongs leases; one transaction for all.
     *
     * @param fractions for each attempt that has been heard of, the share of its task that is done
     * @param lease how long each lease lasts from now
     * @param longest no lease of an attempt that began longer ago is prolonged, whatever it says
     */
    public void renewLeases(Map<String, Double> fractions, Duration lease, Duration longest) {
        if (fractions.isEmpty()) {
            return;
        }
        transactions.write(() -> {
            Instant now = clock.instant();
            fractions.forEach((attempt, fraction) -> TaskRow.update(
                    "leaseUntil = ?1, fraction = ?2 where attemptId = ?3 and state = ?4 and updatedAt > ?5",
                    now.plus(lease),
                    fraction,
                    attempt,
                    TaskState.RUNNING,
                    now.minus(longest)));
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
    public List<TaskGlimpse> ofVideo(VideoRow video) {
        return transactions.read(() -> TaskRow.getEntityManager()
                .createQuery(
                        "select t.id, t.name, t.kind, t.state, t.weight, t.fraction, t.attemptId, t.failureCode"
                                + " from TaskRow t where t.videoId = ?1 and t.setNumber = ?2 order by t.ordinal",
                        Object[].class)
                .setParameter(1, video.id)
                .setParameter(2, video.buildingSet)
                .getResultStream()
                .map(row -> new TaskGlimpse(
                        new TaskId((String) row[0]),
                        (String) row[1],
                        (String) row[2],
                        (TaskState) row[3],
                        (Double) row[4],
                        (Double) row[5],
                        (String) row[6],
                        (String) row[7]))
                .toList());
    }

    /** Whose task it is; empty if there is no such task. */
    public Optional<VideoId> videoOf(TaskId task) {
        return transactions.read(() -> TaskRow.getEntityManager()
                .createQuery("select t.videoId from TaskRow t where t.id = ?1", String.class)
                .setParameter(1, task.value())
                .getResultStream()
                .findFirst()
                .map(VideoId::new));
    }

    private int takeBack(String query, List<Object> parameters, String why) {
        return transactions.write(() -> {
            Instant now = clock.instant();
            List<TaskRow> tasks = new ArrayList<>(TaskRow.list(query, parameters.toArray()));
            for (TaskRow task : tasks) {
                AttemptRow.lose(task.attemptId, why, now);
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
