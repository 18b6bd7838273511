package org.millrace.standalone.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A line to a TCP server of this machine that can be made bad: slow, cut, dead, refused or answered by somebody else. */
public final class FaultProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    private final ServerSocket door;
    private final int target;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final AtomicLong cuts = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private volatile boolean refusing;
    private volatile boolean holding;
    private volatile Duration delay = Duration.ZERO;
    private volatile long cutAfter = Long.MAX_VALUE;
    private volatile String answer;

    private FaultProxy(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
    }

    /** A line that passes everything on to a port of this machine, for now. */
    public static FaultProxy before(int target) {
        try {
            ServerSocket door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
            FaultProxy proxy = new FaultProxy(door, target);
            Thread.ofVirtual().name("fault-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return door.getLocalPort();
    }

    /** Makes all as it was: everything passes. */
    public void heal() {
        refusing = false;
        holding = false;
        delay = Duration.ZERO;
        cutAfter = Long.MAX_VALUE;
        answer = null;
    }

    /** Resets every connection of now; answers how many there were. */
    public int cut() {
        int open = 0;
        for (Line line : lines) {
            if (line.reset()) {
                open++;
            }
        }
        return open;
    }

    /** Resets each connection, also those of now, when it has carried this many bytes from now on in one direction. */
    public void cutAfter(long bytes) {
        lines.forEach(line -> {
            line.up.set(0);
            line.down.set(0);
        });
        cutAfter = bytes;
    }

    /** Lets nobody in any more. */
    public void refuse() {
        refusing = true;
    }

    /** Keeps all connections open and lets nothing through, as a cable that is not plugged in. */
    public void hold() {
        holding = true;
    }

    /** Lets each piece of up to 16 KiB wait. */
    public void slowDown(Duration each) {
        delay = each;
    }

    /** Answers new connections with these bytes, whatever they want. */
    public void answerWith(String text) {
        answer = text;
    }

    /** How many connections have been reset by this. */
    public long cuts() {
        return cuts.get();
    }

    /** How many connections were refused, or answered in the server's stead. */
    public long refusals() {
        return refusals.get();
    }

    /** How many pieces had to wait. */
    public long held() {
        return held.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().name("fault-line").start(() -> serve(client));
            } catch (IOException e) {
                // It has been closed.
                return;
            }
        }
    }

    private void serve(Socket client) {
        try {
            if (refusing) {
                refusals.incrementAndGet();
                reset(client);
                return;
            }
            String instead = answer;
            if (instead != null) {
                refusals.incrementAndGet();
                client.getInputStream().read(new byte[BUFFER]);
                client.getOutputStream().write(instead.getBytes(StandardCharsets.ISO_8859_1));
                client.close();
                return;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            Line line = new Line(client, server);
            lines.add(line);
            Thread.ofVirtual().name("fault-line-back").start(() -> line.pump(server, client, line.down));
            line.pump(client, server, line.up);
        } catch (IOException e) {
            // Nobody is behind it: the client learns of it as it would without the proxy.
            reset(client);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed already.
            return;
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.forEach(Line::reset);
    }

    /** One connection and its continuation. */
    private final class Line {

        private final Socket client;
        private final Socket server;
        private final AtomicLong up = new AtomicLong();
        private final AtomicLong down = new AtomicLong();
        private final AtomicInteger halves = new AtomicInteger();

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to, AtomicLong carried) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    await();
                    if (carried.addAndGet(read) > cutAfter) {
                        reset();
                        return;
                    }
                    out.write(buffer, 0, read);
                }
                to.shutdownOutput();
                if (halves.incrementAndGet() == 2) {
                    end();
                }
            } catch (IOException e) {
                end();
            }
        }

        private void await() {
            Duration each = delay;
            if (!each.isZero() || holding) {
                held.incrementAndGet();
            }
            LockSupport.parkNanos(each.toNanos());
            while (holding && !client.isClosed()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        /** False if it was over already. */
        boolean reset() {
            boolean open = lines.remove(this);
            if (open && !client.isClosed()) {
                cuts.incrementAndGet();
            }
            FaultProxy.reset(client);
            FaultProxy.reset(server);
            return open;
        }

        private void end() {
            lines.remove(this);
            FaultProxy.reset(client);
            FaultProxy.reset(server);
        }
    }
}
