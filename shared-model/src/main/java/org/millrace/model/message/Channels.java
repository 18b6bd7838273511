package org.millrace.model.message;

/**
 * Names of the messaging channels, alike on both sides: with a connector they go through the broker, without one they
 * join in memory.
 */
public final class Channels {

    /** {@link TaskOffer}s of the fast lane, from the API to one worker. */
    public static final String TASKS_FAST = "tasks-fast";

    /** {@link TaskOffer}s of the bulk lane, from the API to one worker. */
    public static final String TASKS_BULK = "tasks-bulk";

    /** {@link Outcome}s, durable, from workers to the API. */
    public static final String OUTCOMES = "outcomes";

    /** {@link Signal}s, lossy, from workers to every API replica. */
    public static final String PROGRESS = "progress";

    /** {@link Cancel}s, lossy, from the API to every worker. */
    public static final String CONTROL = "control";

    /** {@link Signal.VideoChanged}s, lossy, from an API replica to all others; they come in as {@link #PROGRESS}. */
    public static final String NEWS = "news";

    private Channels() {}
}
