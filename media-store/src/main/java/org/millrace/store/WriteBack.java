package org.millrace.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Brings a growing file to the disk beside its writer, so that little is left to wait for at its end, and the memory that
 * the kernel keeps for it stays small. For one writer.
 */
final class WriteBack implements AutoCloseable {

    private final FileChannel file;
    private FutureTask<Void> running;

    WriteBack(FileChannel file) {
        this.file = file;
    }

    /**
     * Begins to bring what is written to the disk, unless that goes on already.
     *
     * @throws IOException if the time before failed: the kernel tells that only once
     */
    void begin() throws IOException {
        if (running != null && !running.isDone()) {
            return;
        }
        close();
        running = new FutureTask<>(() -> {
            file.force(false);
            return null;
        });
        Thread.ofPlatform().daemon().name("write-back").start(running);
    }

    /**
     * Waits for what was begun.
     *
     * @throws IOException if it failed
     */
    @Override
    public void close() throws IOException {
        boolean interrupted = false;
        while (running != null) {
            try {
                running.get();
                running = null;
            } catch (ExecutionException e) {
                running = null;
                throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
