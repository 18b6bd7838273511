package org.millrace.model.task;

/** What a task waits behind: within a lane everything of an earlier value goes first, whoever owns it. */
public enum Urgency {
    /** Somebody waits for the first picture. */
    START,
    /** A video that plays already would stop without it. */
    FOLLOW,
    /** Everything else: oldest video first, owners in turns. */
    REST
}
