package org.millrace.api.account;

/** What somebody wants to do with a video, or with the library as a whole. */
public enum Action {
    /** See that it is there, its state and its facts. */
    SEE,
    /** Fetch its pictures and sound. */
    WATCH,
    /** Add a video, or go on with an upload of one's own. */
    UPLOAD,
    /** Change its title and description. */
    EDIT,
    /** Stop or repeat the work on it. */
    CONTROL,
    /** Remove it for ever. */
    DELETE,
    /** See every task and worker of the installation. */
    OVERSEE
}
