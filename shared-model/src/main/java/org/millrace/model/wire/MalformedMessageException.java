package org.millrace.model.wire;

/** A message that cannot be understood. It is dead-lettered: reading it again would give the same. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(Class<?> type, Exception cause) {
        super("Not a " + type.getSimpleName() + ": " + cause.getMessage(), cause);
    }
}
