package org.millrace.api.ledger;

import java.util.Set;

/** Where a video stands. This is the only place that knows which moves are legal. */
public enum VideoState {
    /** Tasks of it are waiting or running. It may be playable already. */
    PROCESSING,
    /** Everything planned is done. */
    READY,
    /** It could not be finished, for a reason outside the file. */
    FAILED,
    /** The file itself is the reason that it cannot be played. */
    REJECTED,
    /** Its owner stopped the work. */
    CANCELLED;

    /**
     * Whether trying again what failed or was stopped could help: not while work goes on, and not if the file itself is the
     * reason.
     */
    public boolean isWorthRetrying() {
        return this != PROCESSING && this != REJECTED;
    }

    /** The states that may follow this one. */
    public Set<VideoState> next() {
        return switch (this) {
            case PROCESSING -> Set.of(READY, FAILED, REJECTED, CANCELLED);
            case READY, FAILED, REJECTED, CANCELLED -> Set.of(PROCESSING);
        };
    }
}
