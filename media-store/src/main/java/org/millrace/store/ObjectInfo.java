package org.millrace.store;

import java.time.Instant;
import java.util.Objects;
import org.millrace.model.key.ObjectKey;

/**
 * What a store knows about an object without reading it.
 *
 * @param key never null
 * @param size in bytes
 * @param etag changes whenever the object is replaced; letters, digits and dashes, without quotes; never null
 * @param modified when the object was stored, as the store's clock saw it; never null
 */
public record ObjectInfo(ObjectKey key, long size, String etag, Instant modified) {

    /** Checks that everything is there. */
    public ObjectInfo {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(modified, "modified");
        if (size < 0) {
            throw new IllegalArgumentException("Negative size: " + size);
        }
    }
}
