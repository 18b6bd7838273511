package org.millrace.worker.encode;

/** Not a single picture of a span could be decoded. The message holds the converter's last words. */
final class NothingDecodedException extends Exception {

    private static final long serialVersionUID = 1;

    NothingDecodedException(String message) {
        super(message);
    }
}
