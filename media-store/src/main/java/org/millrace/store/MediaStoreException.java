package org.millrace.store;

import java.io.IOException;
import java.util.Locale;

/** Trouble between this process and the bytes: a disk, a network or a permission. Trying again later may help. */
public class MediaStoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Made by the adapters.
     *
     * @param message a sentence for the operator
     */
    public MediaStoreException(String message) {
        super(message);
    }

    /**
     * Made by the adapters.
     *
     * @param message a sentence for the operator
     */
    public MediaStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The exception that tells best what a failed file operation means. */
    static MediaStoreException of(String what, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        // The JDK has no type for a full disk; these are the kernel's texts for ENOSPC and EDQUOT.
        String text = reason.toLowerCase(Locale.ROOT);
        if (text.contains("no space left on device") || text.contains("disk quota exceeded")) {
            return new StoreFullException(what + ": there is no space left", cause);
        }
        return new MediaStoreException(what + ": " + cause.getClass().getSimpleName() + ": " + reason, cause);
    }
}
