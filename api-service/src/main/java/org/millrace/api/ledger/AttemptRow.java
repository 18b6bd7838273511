package org.millrace.api.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.millrace.model.id.AttemptId;
import org.millrace.model.task.Task;

/** One try at a task. Attempts are never deleted while their video lives: they are its history. */
@Entity
@Table(name = "attempt")
public class AttemptRow extends PanacheEntityBase {

    /** How an attempt ended. */
    public enum State {
        /** Holds the lease of its task. */
        RUNNING,
        /** Its outcome was accepted. */
        SUCCEEDED,
        /** Reported a failure. */
        FAILED,
        /** Was given back without blame. */
        HANDED_BACK,
        /** Its lease ran out, or the broker gave its task to another worker. */
        LOST,
        /** Not needed any more: the task was cancelled or done by another attempt. */
        SUPERSEDED
    }

    /** An {@link org.millrace.model.id.AttemptId}. */
    @Id
    public String id;

    /** The task that was tried. */
    @Column(name = "task_id")
    public String taskId;

    /** Whose task it was. */
    @Column(name = "video_id")
    public String videoId;

    /** Who tried. */
    @Column(name = "worker_id")
    public String workerId;

    /** Which offer led to it. */
    public int offer;

    /** How it ended. */
    @Enumerated(EnumType.STRING)
    public State state;

    /** Why it ended so; null while it runs or if it succeeded. */
    public String cause;

    /** CPU time used, in seconds; null if it was never reported. */
    @Column(name = "cpu_seconds")
    public Double cpuSeconds;

    /** Time it took, in seconds; null if it was never reported. */
    @Column(name = "wall_seconds")
    public Double wallSeconds;

    /** When the ledger heard of it. */
    @Column(name = "started_at")
    public Instant startedAt;

    /** When the ledger heard of its end; null while it runs. */
    @Column(name = "ended_at")
    public Instant endedAt;

    /** Notes that an attempt has lost its worker, unless it has ended already or there was none. */
    static void lose(String attempt, String why, Instant now) {
        AttemptRow row = attempt == null ? null : findById(attempt);
        if (row != null && row.state == State.RUNNING) {
            row.end(State.LOST, why, now);
        }
    }

    void end(State how, String why, Instant now) {
        state = how;
        cause = why;
        endedAt = now;
    }

    /** The milestone that its end is. */
    Milestone ended(TaskRow task) {
        return new Milestone.AttemptEnded(
                task.video(),
                task.taskId(),
                new AttemptId(id),
                task.kind,
                task.lane,
                state,
                state == State.FAILED ? cause : "",
                Duration.between(startedAt, endedAt),
                speed(task));
    }

    private double speed(TaskRow task) {
        boolean known = state == State.SUCCEEDED && wallSeconds != null && wallSeconds > 0;
        return known && task.task() instanceof Task.EncodeChunk chunk
                ? chunk.grid().secondsAt(chunk.span().frames()) / wallSeconds
                : 0;
    }
}
