package org.millrace.worker.ffmpeg;

/** Why a run ended. None of them says that the output is good: only reading it does. */
public enum EndReason {
    /** By itself; the exit code may still say failure. */
    EXITED,
    /** Killed: no progress for the stall limit. */
    STALLED,
    /** Killed: the wall limit was reached. */
    WALL_TIME,
    /** Killed: the caller asked for it. */
    CANCELLED,
    /** Killed from outside, or crashed. */
    KILLED_BY_SIGNAL,
    /** Failed for want of memory, by its own words or by the kernel's count: a good guess, not a proof. */
    OUT_OF_MEMORY,
    /** Killed by the kernel: the CPU limit was reached. */
    CPU_LIMIT,
    /** A file reached the output limit. */
    FILE_LIMIT,
    /** The disk is full. */
    NO_SPACE
}
