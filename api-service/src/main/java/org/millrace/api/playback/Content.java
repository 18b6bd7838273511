package org.millrace.api.playback;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Instant;
import org.millrace.model.key.ObjectKey;

/**
 * A representation that can be sent, whole or in part.
 *
 * @param type its media type
 * @param size bytes
 * @param etag strong entity tag, with quotes
 * @param modified when it came into being; null if unknown
 * @param body where its bytes are
 */
record Content(String type, long size, String etag, Instant modified, Body body) {

    /** Where bytes are. */
    sealed interface Body {

        /** In memory. */
        record Text(Buffer bytes) implements Body {}

        /** In a file, which the kernel can send by itself. */
        record LocalFile(Path path) implements Body {}

        /** In a store elsewhere. */
        record Remote(ObjectKey object) implements Body {}
    }
}
