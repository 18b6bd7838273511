package org.millrace.api.account;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many event streams each client has open. */
final class OpenStreams {

    private final int most;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /** Lets each client have so many at once. */
    OpenStreams(int most) {
        this.most = most;
    }

    /** Counts one more; false if there are as many as may be. Each that was counted has to be {@link #close closed}. */
    boolean open(String client) {
        boolean[] more = {false};
        open.compute(client, (same, count) -> {
            int before = count == null ? 0 : count;
            more[0] = before < most;
            return more[0] ? Integer.valueOf(before + 1) : count;
        });
        return more[0];
    }

    /** Counts one less. */
    void close(String client) {
        open.computeIfPresent(client, (same, count) -> count > 1 ? count - 1 : null);
    }
}
