package org.millrace.worker.attempt;

/**
 * A converter complained about a source of which only a part is here: it is not known whether the source is to blame, so
 * what it made is worth nothing.
 */
public final class PartialSourceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** With what it complained about. */
    public PartialSourceException(String message) {
        super(message);
    }
}
