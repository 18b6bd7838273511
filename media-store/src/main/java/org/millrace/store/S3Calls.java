package org.millrace.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import software.amazon.awssdk.core.exception.SdkException;

/** Does work on S3 and tells failures as the store's. */
final class S3Calls {

    private S3Calls() {}

    /** Does the work; {@code what} and the key make the beginning of the message, {@code Cannot read v/1}. */
    static <T> T call(String what, ObjectKey key, IoCall<T> call) {
        try {
            return call.run();
        } catch (SdkException e) {
            throw new MediaStoreException("Cannot " + what + " " + key + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw MediaStoreException.of("Cannot " + what + " " + key, e.getCause());
        } catch (IOException e) {
            throw MediaStoreException.of("Cannot " + what + " " + key, e);
        }
    }

    /** The same for work without a result. */
    static void run(String what, ObjectKey key, Runnable call) {
        call(what, key, () -> {
            call.run();
            return Optional.empty();
        });
    }
}
