package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that starts children, as long as the worker lives. A child asks the kernel to be killed with its parent,
 * and the kernel takes the thread that started it for the parent: a thread that ends would take its children along.
 */
final class LaunchThread implements AutoCloseable {

    private record Request(ProcessBuilder builder, CompletableFuture<Process> started) {}

    private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Thread thread;

    LaunchThread() {
        thread = Thread.ofPlatform().daemon().name("ffmpeg-launch").start(this::serve);
    }

    /**
     * Starts a child.
     *
     * @throws IOException if it cannot be started, or the worker is ending
     */
    Process start(ProcessBuilder builder) throws IOException {
        if (!thread.isAlive()) {
            throw new IOException("The worker is ending; nothing is started any more");
        }
        CompletableFuture<Process> started = new CompletableFuture<>();
        requests.add(new Request(builder, started));
        try {
            return started.get();
        } catch (InterruptedException e) {
            // The child may start all the same, and nobody would watch it.
            started.thenAccept(process -> new ProcessTree(process).kill());
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while starting a process", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Ends the thread, and with it every child that still runs. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void serve() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Request request = requests.take();
                try {
                    request.started().complete(request.builder().start());
                } catch (IOException | RuntimeException e) {
                    request.started().completeExceptionally(e);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
