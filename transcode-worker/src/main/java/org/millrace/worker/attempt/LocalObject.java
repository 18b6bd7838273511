package org.millrace.worker.attempt;

import java.nio.file.Path;

/**
 * An object as a file, until it is closed.
 *
 * @param path to read, never to write
 * @param release gives the file up
 */
public record LocalObject(Path path, Runnable release) implements AutoCloseable {

    @Override
    public void close() {
        release.run();
    }
}
