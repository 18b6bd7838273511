package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.millrace.model.task.Lane;

/** Figures about everything the ledger holds, each in one query, for dashboards and for scaling. */
@ApplicationScoped
public class FiguresLedger {

    private final Transactions transactions;

    FiguresLedger(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Unfinished tasks of one lane in one state.
     *
     * @param lane their lane
     * @param state where they stand: waiting, reserved, offered or running
     * @param count how many there are
     * @param since when the one that has stood there longest could first have been dispatched
     */
    public record Backlog(Lane lane, TaskState state, long count, Instant since) {}

    /**
     * Videos in one state.
     *
     * @param state where they stand
     * @param count how many there are
     * @param sourceBytes length of their sources that are still kept
     */
    public record Library(VideoState state, long count, long sourceBytes) {}

    /** What waits and what runs; lanes and states without tasks are left out. */
    public List<Backlog> backlog() {
        return transactions.read(() -> entities()
                .createQuery(
                        "select t.lane, t.state, count(t), min(t.updatedAt), min(t.notBefore) from TaskRow t"
                                + " where t.state in (?1) group by t.lane, t.state",
                        Object[].class)
                .setParameter(
                        1, EnumSet.of(TaskState.WAITING, TaskState.RESERVED, TaskState.OFFERED, TaskState.RUNNING))
                .getResultStream()
                .map(row -> new Backlog((Lane) row[0], (TaskState) row[1], (Long) row[2], earlier(row[3], row[4])))
                .toList());
    }

    /** How many videos there are; states without videos are left out. */
    public List<Library> library() {
        return transactions.read(() -> entities()
                .createQuery(
                        "select v.state, count(v), coalesce(sum(case when v.sourceDroppedAt is null"
                                + " then v.sourceBytes else 0 end), 0) from VideoRow v group by v.state",
                        Object[].class)
                .getResultStream()
                .map(row -> new Library((VideoState) row[0], (Long) row[1], ((Number) row[2]).longValue()))
                .toList());
    }

    /** Bytes of all objects that players and people can fetch. */
    public long publishedBytes() {
        return transactions.read(() -> entities()
                .createQuery("select coalesce(sum(p.sizeBytes), 0) from PublishedRow p", Long.class)
                .getSingleResult());
    }

    /** A task that waits for room is put off again and again, but has not changed since it was released. */
    private static Instant earlier(Object one, Object other) {
        Instant first = (Instant) one;
        Instant second = (Instant) other;
        return first.isBefore(second) ? first : second;
    }

    private static EntityManager entities() {
        return TaskRow.getEntityManager();
    }
}
