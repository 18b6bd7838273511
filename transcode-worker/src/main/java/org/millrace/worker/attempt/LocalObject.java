package org.millrace.worker.attempt;

import java.nio.file.Path;

/**
 * An object as a file, until it is closed.
 *
 * @param path to read, never to write
 * @param extent which of its bytes are there
 * @param release gives the file up
 */
public record LocalObject(Path path, Extent extent, Runnable release) implements AutoCloseable {

    /** Which bytes of a file are there; the others read as zeros. */
    @FunctionalInterface
    public interface Extent {

        /** All of them. */
        Extent WHOLE = (from, to) -> true;

        /** Whether all bytes of a range are there. */
        boolean holds(long from, long to);
    }

    /** Whether nothing of it is missing. */
    public boolean isWhole() {
        return extent == Extent.WHOLE;
    }

    @Override
    public void close() {
        release.run();
    }
}
