package org.millrace.store.archfixtures;

/** Breaks the rule that nobody waits by sleeping. */
public class Sleeper {

    /** Hopes that something has happened meanwhile. */
    public void hope() throws InterruptedException {
        Thread.sleep(1);
    }
}
