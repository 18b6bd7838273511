package org.millrace.store.archfixtures;

import io.quarkus.arc.Arc;

/** Breaks the rule about what the store may depend on. */
public class KnowsTheContainer {

    /** Asks the container instead of being given what it needs. */
    public boolean running() {
        return Arc.container().isRunning();
    }
}
