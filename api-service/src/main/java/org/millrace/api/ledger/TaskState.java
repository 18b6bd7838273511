package org.millrace.api.ledger;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a task stands. This is the only place that knows which moves are legal; {@code docs/job-lifecycle.md} shows
 * them, and a test compares the two.
 */
public enum TaskState {
    /** Needs the result of another task. */
    BLOCKED,
    /** Could be given to a worker: the backlog. */
    WAITING,
    /** The dispatcher is publishing it. */
    RESERVED,
    /** In the queue, not yet started. */
    OFFERED,
    /** An attempt holds its lease. */
    RUNNING,
    /** Done; its result is in the ledger. */
    DONE,
    /** Given up, with a reason. */
    FAILED,
    /** Not wanted any more. */
    CANCELLED;

    /** The states in which it counts as finished until somebody retries it. */
    public static final Set<TaskState> FINAL = Set.copyOf(EnumSet.of(DONE, FAILED, CANCELLED));

    /** The states in which a message about it may be in the queue or with a worker. */
    public static final Set<TaskState> OUT = Set.copyOf(EnumSet.of(RESERVED, OFFERED, RUNNING));

    /**
     * The states that may follow this one. A worker can be faster than the dispatcher's note that it has published,
     * so RESERVED may be followed by anything that follows OFFERED; and an outcome that was late counts if it is the
     * first, so it may end a task that waits again.
     */
    public Set<TaskState> next() {
        return switch (this) {
            case BLOCKED -> EnumSet.of(WAITING, DONE, CANCELLED);
            case WAITING -> EnumSet.of(RESERVED, RUNNING, DONE, FAILED, CANCELLED);
            case RESERVED -> EnumSet.of(OFFERED, WAITING, RUNNING, DONE, FAILED, CANCELLED);
            case OFFERED -> EnumSet.of(WAITING, RUNNING, DONE, FAILED, CANCELLED);
            case RUNNING -> EnumSet.of(RUNNING, WAITING, DONE, FAILED, CANCELLED);
            case FAILED, CANCELLED -> EnumSet.of(WAITING, BLOCKED);
            case DONE -> EnumSet.noneOf(TaskState.class);
        };
    }

    /** Whether a move is legal. */
    public boolean mayBecome(TaskState next) {
        return next().contains(next);
    }
}
