package org.millrace.worker.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.millrace.model.id.AttemptId;
import org.millrace.model.message.TaskOffer;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.StopReason;

/**
 * A task this worker has taken on, from waiting for a slot to its safe outcome. Further deliveries of the same offer join
 * it instead of running twice; those of a newer offer wait for its end. Safe for use by several threads.
 */
final class RunningTask {

    private final TaskOffer offer;
    private final List<Runnable> joined = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Attempt attempt;
    private StopReason stopped;
    private boolean acknowledged;

    RunningTask(TaskOffer offer) {
        this.offer = offer;
    }

    TaskOffer offer() {
        return offer;
    }

    /** The attempt begins; if the task was stopped while it waited, so is the attempt. */
    synchronized void begin(Attempt begun) {
        attempt = begun;
        if (stopped != null) {
            begun.stop(stopped);
        }
    }

    /** Whether the attempt has begun. */
    synchronized boolean hasBegun() {
        return attempt != null;
    }

    /** Whether it runs, a video begins with it, and nothing of that can be seen or heard yet. */
    synchronized boolean isAwaited() {
        return attempt != null && Precedence.opens(offer) && attempt.announced().isEmpty();
    }

    /** Part of the work that is done, 0 to 1. */
    synchronized double fraction() {
        return attempt == null ? 0 : attempt.progress().fraction();
    }

    /** Stops the task, or only this attempt at it. */
    synchronized void stop(AttemptId only, StopReason reason) {
        if (only != null && (attempt == null || !attempt.id().equals(only))) {
            return;
        }
        stopped = reason;
        if (attempt != null) {
            attempt.stop(reason);
        }
    }

    /** Why the task was stopped; null if it was not. */
    synchronized StopReason stopped() {
        return stopped;
    }

    /** Waits until it has ended, however that may be. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** It has ended: its outcome is sent, or cannot be, and nothing of it runs any more. */
    void end() {
        ended.countDown();
    }

    /** Adds a delivery of the same offer: it is acknowledged together with the first. */
    synchronized void join(Runnable ack) {
        if (acknowledged) {
            ack.run();
        } else {
            joined.add(ack);
        }
    }

    /** Acknowledges all deliveries so far; later ones at once. */
    synchronized void acknowledge() {
        acknowledged = true;
        joined.forEach(Runnable::run);
        joined.clear();
    }

    /** Whether its deliveries are acknowledged, so that it lives by the ledger's lease. */
    synchronized boolean isAcknowledged() {
        return acknowledged;
    }
}
