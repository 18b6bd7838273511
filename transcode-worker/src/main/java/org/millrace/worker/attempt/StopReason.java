package org.millrace.worker.attempt;

/** Why an attempt was stopped from outside. */
public enum StopReason {
    /** Nobody wants its result any more: it ends without an outcome. */
    CANCELLED,
    /** The worker ends: the task is handed back. */
    DRAINED
}
