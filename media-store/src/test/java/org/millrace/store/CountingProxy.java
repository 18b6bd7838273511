package org.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** A door to a server on this machine, at which every byte that comes out of it is counted. */
public final class CountingProxy implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final int target;
    private final ServerSocket door;
    private final AtomicLong came = new AtomicLong();

    private CountingProxy(int target, ServerSocket door) {
        this.target = target;
        this.door = door;
    }

    /** Opens a door to the server at an address of this machine. */
    public static CountingProxy before(URI server) {
        try {
            CountingProxy proxy =
                    new CountingProxy(server.getPort(), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to reach the server through it. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** Bytes that have come out of the server so far, with the heads of its answers. */
    public long bytes() {
        return came.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> pump(client, server, new AtomicLong()));
                Thread.ofVirtual().start(() -> pump(server, client, came));
            } catch (IOException closedOrRefused) {
                continue;
            }
        }
    }

    /** An end on either side ends both. */
    private static void pump(Socket from, Socket to, AtomicLong count) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count.addAndGet(read);
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException ended) {
            count.addAndGet(0);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
