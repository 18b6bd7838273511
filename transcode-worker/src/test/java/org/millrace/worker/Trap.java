package org.millrace.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that nobody may call and files that nobody may read. */
public final class Trap implements AutoCloseable {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private final ServerSocket listener;
    private final AtomicInteger calls = new AtomicInteger();
    private final List<Path> canaries;

    private Trap(ServerSocket listener, List<Path> canaries) {
        this.listener = listener;
        this.canaries = canaries;
    }

    /** Listens on this machine and takes files that can be played for canaries. */
    public static Trap set(Path... canaries) throws IOException {
        Trap trap = new Trap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), List.of(canaries));
        Thread.ofVirtual().start(trap::listen);
        for (Path canary : canaries) {
            Files.getFileAttributeView(canary, BasicFileAttributeView.class).setTimes(null, LONG_AGO, null);
        }
        return trap;
    }

    /** An address of the host. */
    public String address() {
        return "http://127.0.0.1:" + port() + "/x.ts";
    }

    /** The host's port. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How often the host was called. */
    public int calls() {
        return calls.get();
    }

    /** Whether any of the files was read. */
    public boolean wasRead() throws IOException {
        for (Path canary : canaries) {
            if (!Files.readAttributes(canary, BasicFileAttributes.class)
                    .lastAccessTime()
                    .equals(LONG_AGO)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                listener.accept().close();
                calls.incrementAndGet();
            } catch (IOException closed) {
                return;
            }
        }
    }
}
