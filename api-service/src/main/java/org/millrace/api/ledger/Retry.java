package org.millrace.api.ledger;

import java.time.Duration;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Strategy;

/** How often, how and after which pause a task is tried again, by the cause of its failure. */
final class Retry {

    private static final int MOST_TRANSIENT = 5;
    private static final int MOST_TRICKY = 2;
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    /** A store that fails does so for everybody and for a while: the tries have to last until it is back. */
    private static final Duration FIRST_PAUSE_OF_STORE = Duration.ofSeconds(12);

    private Retry() {}

    /** Counts a failure, and whether the task may be tried again, perhaps by its next strategy. */
    static boolean isLeft(TaskRow task, FailureClass failure) {
        return switch (failure) {
            case TRANSIENT -> ++task.transientFailures < MOST_TRANSIENT;
            case TRICKY -> triesAnotherWay(task);
            case IMPOSSIBLE -> false;
        };
    }

    /**
     * Two seconds after the first failure, or twelve if it was the store's, then twice as long each time; the source's own
     * faults need no pause.
     */
    static Duration pauseAfter(TaskRow task, FailureCode code) {
        if (task.transientFailures == 0) {
            return Duration.ZERO;
        }
        Duration first = code == FailureCode.STORE_ERROR ? FIRST_PAUSE_OF_STORE : FIRST_PAUSE;
        return first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, task.transientFailures - 1));
    }

    private static boolean triesAnotherWay(TaskRow task) {
        if (++task.trickyFailures < MOST_TRICKY) {
            return true;
        }
        Strategy next = task.strategy.nextOrNull();
        if (next == null) {
            return false;
        }
        task.strategy = next;
        task.trickyFailures = 0;
        return true;
    }
}
