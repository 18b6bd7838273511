package org.millrace.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names one try at a task. It is the fencing token: objects live under it and outcomes carry it.
 *
 * @param value 26 characters of lower-case base32; never null
 */
public record AttemptId(@JsonValue String value) {

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the value is not an identifier
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AttemptId {
        Ids.check(value);
    }

    /** A new random identifier. */
    public static AttemptId random() {
        return new AttemptId(Ids.random());
    }

    /** Whether a string, for example a part of a URL, could be such an identifier; null could not. */
    public static boolean isValid(String value) {
        return Ids.isValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
