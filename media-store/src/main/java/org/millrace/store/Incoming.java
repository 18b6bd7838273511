package org.millrace.store;

import java.io.IOException;
import java.io.InputStream;

/** Bytes from somebody who may go away at any moment. */
final class Incoming {

    private Incoming() {}

    /** Reads at least one byte and at most a limit into a buffer; -1 if the sender has ended or failed. */
    static int read(InputStream in, byte[] buffer, long limit) {
        try {
            return in.read(buffer, 0, (int) Math.min(buffer.length, limit));
        } catch (IOException | RuntimeException e) {
            // A sender that breaks off is the normal case an append exists for, however the server reports it.
            return -1;
        }
    }
}
