package org.millrace.model.message;

/** What a failure says about trying again. */
public enum FailureClass {
    /** The world was in the way (killed, input or output error, out of memory): try again, elsewhere. */
    TRANSIENT,
    /** The source needs another treatment: try again with the next strategy. */
    TRICKY,
    /** Trying again cannot help: final, with a reason for the owner. */
    IMPOSSIBLE
}
