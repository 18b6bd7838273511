package org.millrace.model.task;

/** Which queue a task waits in. Two lanes instead of priorities: they work alike on every broker version. */
public enum Lane {
    /** Seconds of work that somebody waits for: analysis and pictures. Every worker keeps slots for it. */
    FAST,
    /** Minutes of work: encoding and what follows it. */
    BULK
}
