package org.millrace.model.key;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of an object in the media store: segments of {@code [a-z0-9._-]}, joined by slashes. No user string ever
 * becomes part of one, so a key can be used as a relative path without further checks.
 *
 * @param value for example {@code v/<video>/set/1/720p.mp4}; never null, at most 512 characters, no empty segment, no
 *     segment that starts with a dot
 */
public record ObjectKey(@JsonValue String value) {

    private static final Pattern VALID = Pattern.compile("[a-z0-9_-][a-z0-9._-]*(/[a-z0-9_-][a-z0-9._-]*)*");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the value could be anything but a plain relative name
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ObjectKey {
        if (value == null || value.length() > 512 || !VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an object key: " + value);
        }
    }

    /** The key below this one: this key is used as a prefix. */
    public ObjectKey child(String name) {
        return new ObjectKey(value + "/" + name);
    }

    /** The last segment, which carries the file name extension. */
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Whether this key equals the prefix or lies below it. */
    public boolean isUnder(ObjectKey prefix) {
        return value.equals(prefix.value) || value.startsWith(prefix.value + "/");
    }

    @Override
    public String toString() {
        return value;
    }
}
