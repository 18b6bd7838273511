package org.millrace.api.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is refused. Thrown by every step; becomes the answer of the request. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /**
     * Refuses with the title of the code alone.
     *
     * @param code why
     */
    public ProblemException(ErrorCode code) {
        this(code, code.title() + ".");
    }

    /**
     * Refuses with a sentence of its own.
     *
     * @param code why
     * @param detail a sentence for the person who asked; names nothing internal
     */
    public ProblemException(ErrorCode code, String detail) {
        super(detail);
        this.code = code;
    }

    ProblemException(ErrorCode code, Throwable cause) {
        super(code.title() + ".", cause);
        this.code = code;
    }

    /** Adds a header to the answer. */
    public ProblemException with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Why. */
    public ErrorCode code() {
        return code;
    }

    /** Headers of the answer, besides those of every answer. */
    Map<String, String> headers() {
        return headers;
    }
}
