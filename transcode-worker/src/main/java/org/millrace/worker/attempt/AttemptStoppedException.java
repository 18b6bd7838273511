package org.millrace.worker.attempt;

/** The attempt was stopped from outside, in the middle of its work. */
public final class AttemptStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final StopReason reason;

    AttemptStoppedException(StopReason reason) {
        super("The attempt was stopped: " + reason, null, false, false);
        this.reason = reason;
    }

    /** Why; never null. */
    public StopReason reason() {
        return reason;
    }
}
