package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import org.millrace.model.task.Lane;

/** Questions about the amount of work: how much lies ahead of a video, and how fast it goes. */
@ApplicationScoped
public class WorkLedger {

    private static final int SAMPLE = 40;

    private final Transactions transactions;

    WorkLedger(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Unfinished planned CPU seconds of all videos older than this one. */
    public double weightAhead(VideoRow video) {
        return transactions.read(() -> entities()
                .createQuery(
                        "select coalesce(sum(t.weight * (1.0 - t.fraction)), 0.0) from TaskRow t"
                                + " where t.state not in (?1) and t.createdAt < ?2",
                        Double.class)
                .setParameter(1, TaskState.FINAL)
                .setParameter(2, video.createdAt)
                .getSingleResult());
    }

    /** How many older videos wait without any attempt running. */
    public int videosAhead(VideoRow video) {
        return transactions.read(() -> entities()
                .createQuery(
                        "select count(v) from VideoRow v where v.state = ?1 and v.createdAt < ?2 and not exists"
                                + " (select 1 from TaskRow t where t.videoId = v.id and t.state in (?3))",
                        Long.class)
                .setParameter(1, VideoState.PROCESSING)
                .setParameter(2, video.createdAt)
                .setParameter(3, List.of(TaskState.RUNNING, TaskState.DONE))
                .getSingleResult()
                .intValue());
    }

    /** Seconds that the latest attempts took for each planned CPU second; empty before the first. */
    public OptionalDouble measuredSecondsPerWeight() {
        return transactions.read(() -> {
            List<Object[]> latest = entities()
                    .createQuery(
                            "select a.wallSeconds, t.weight from AttemptRow a, TaskRow t where t.id = a.taskId"
                                    + " and a.state = ?1 and a.wallSeconds is not null order by a.endedAt desc",
                            Object[].class)
                    .setParameter(1, AttemptRow.State.SUCCEEDED)
                    .setMaxResults(SAMPLE)
                    .getResultList();
            double wall = latest.stream().mapToDouble(row -> (Double) row[0]).sum();
            double weight = latest.stream().mapToDouble(row -> (Double) row[1]).sum();
            return weight > 0 ? OptionalDouble.of(wall / weight) : OptionalDouble.empty();
        });
    }

    private static EntityManager entities() {
        return TaskRow.getEntityManager();
    }

    /** Expected CPU seconds of the tasks of a lane that are out and not done. */
    public double weightOut(Lane lane) {
        return transactions.read(() -> TaskRow.getEntityManager()
                .createQuery(
                        "select coalesce(sum(t.weight * (1.0 - t.fraction)), 0.0) from TaskRow t"
                                + " where t.lane = ?1 and t.state in (?2)",
                        Double.class)
                .setParameter(1, lane)
                .setParameter(2, TaskState.OUT)
                .getSingleResult());
    }

    /** Expected CPU seconds of the tasks that {@link TaskLedger#countUnstarted} counts. */
    public double weightUnstarted(Lane lane) {
        return transactions.read(() -> TaskRow.getEntityManager()
                .createQuery(
                        "select coalesce(sum(t.weight), 0.0) from TaskRow t where t.lane = ?1 and t.state in (?2)",
                        Double.class)
                .setParameter(1, lane)
                .setParameter(2, EnumSet.of(TaskState.RESERVED, TaskState.OFFERED))
                .getSingleResult());
    }
}
