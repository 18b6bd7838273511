package org.millrace.worker.attempt;

import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;

/** The attempt cannot be completed, for a known reason. */
public final class AttemptFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final FailureClass failureClass;
    private final FailureCode code;

    /**
     * A failure of the code's usual class.
     *
     * @param code the reason
     * @param detail for the log and the jobs page; null if there is nothing to add
     */
    public AttemptFailedException(FailureCode code, String detail) {
        this(code, code.failureClass(), detail, null);
    }

    /** A failure whose cause is worth keeping. */
    public AttemptFailedException(FailureCode code, String detail, Throwable cause) {
        this(code, code.failureClass(), detail, cause);
    }

    /** A failure that says something else about trying again than its code usually does. */
    public AttemptFailedException(FailureCode code, FailureClass failureClass, String detail, Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.failureClass = failureClass;
    }

    /** The reason; never null. */
    public FailureCode code() {
        return code;
    }

    /** What it says about trying again; never null. */
    public FailureClass failureClass() {
        return failureClass;
    }

    /** For the log and the jobs page; null if there is nothing to add. */
    public String detail() {
        return getMessage();
    }
}
