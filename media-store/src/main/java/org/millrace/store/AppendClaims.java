package org.millrace.store;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.millrace.model.key.ObjectKey;

/**
 * The appends that a thread of this process is changing. Processes need no such claim against each other: writers of
 * the same upload write the same bytes to the same places.
 */
final class AppendClaims {

    private final Set<ObjectKey> claimed = ConcurrentHashMap.newKeySet();

    /**
     * Does something to an append while no other thread can.
     *
     * @throws AppendBusyException if another thread is at it
     */
    <T> T holding(ObjectKey key, IoCall<T> change) throws IOException {
        if (!claimed.add(key)) {
            throw new AppendBusyException(key);
        }
        try {
            return change.run();
        } finally {
            claimed.remove(key);
        }
    }
}
