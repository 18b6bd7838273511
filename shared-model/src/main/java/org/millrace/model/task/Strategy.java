package org.millrace.model.task;

/** How a task treats its source. A tricky source moves on to the next strategy. */
public enum Strategy {
    /** The source is as it should be. */
    PLAIN,
    /** The source is damaged or lies: rebuild its index first, decode what can be decoded, conceal the rest. */
    TOLERANT;

    /** The strategy to try after this one failed; null if there is none left. */
    public Strategy nextOrNull() {
        return this == PLAIN ? TOLERANT : null;
    }
}
