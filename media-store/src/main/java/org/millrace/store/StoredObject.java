package org.millrace.store;

import java.util.Objects;
import java.util.Optional;

/**
 * An object that has just been stored.
 *
 * @param info never null
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits; empty if the bytes did not pass through this process
 */
public record StoredObject(ObjectInfo info, Optional<String> sha256) {

    /** Checks that everything is there. */
    public StoredObject {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Bytes stored. */
    public long size() {
        return info.size();
    }
}
