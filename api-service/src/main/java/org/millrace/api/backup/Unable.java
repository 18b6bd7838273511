package org.millrace.api.backup;

/** A backup or its restoring cannot be done; the message is a sentence for the operator. */
final class Unable extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unable(String sentence) {
        super(sentence);
    }

    Unable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
