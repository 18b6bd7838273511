package org.millrace.api.upload;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The body of a request as a stream, for one thread that may wait. RESTEasy's own one asks the network's thread for each
 * piece by itself, which limits an upload to a tenth of what the disk takes, and forgets the last piece of a connection
 * that breaks. Here pieces are taken as they come, up to a limit, and a reader gets all that there are at once; what has
 * arrived before a break is read before the break is told.
 */
final class BodyStream extends InputStream {

    /** Bytes that wait for their reader before the sender has to. */
    private static final int ENOUGH = 512 * 1024;

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HttpServerRequest request;
    private final Duration patience;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private ArrayDeque<Buffer> arrived = new ArrayDeque<>();
    private int waiting;
    private boolean held;
    private boolean closed;
    private boolean ended;
    private Throwable broken;

    // The reader's own.
    private ArrayDeque<Buffer> taken = new ArrayDeque<>();
    private int position;
    private boolean open;

    /**
     * The body of a request that nobody has read yet. Nothing is asked of the sender before the first read, which also says
     * that it may send (RFC 9110 §10.1.1).
     *
     * @param patience how long a read waits for the next byte, and then closes the connection
     */
    BodyStream(HttpServerRequest request, Duration patience) {
        this.request = request;
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (taken.isEmpty() && !takeAll()) {
            return -1;
        }
        int count = 0;
        while (count < length && !taken.isEmpty()) {
            Buffer piece = taken.peek();
            int part = Math.min(length - count, piece.length() - position);
            piece.getBytes(position, position + part, into, offset + count);
            position += part;
            count += part;
            if (position == piece.length()) {
                taken.remove();
                position = 0;
            }
        }
        return count;
    }

    /** Throws away what is still to come, without waiting for it. */
    @Override
    public void close() {
        change(() -> {
            closed = true;
            arrived.clear();
            release();
        });
    }

    /** Waits for what is there; false at the end. */
    private boolean takeAll() throws IOException {
        begin();
        lock.lock();
        try {
            await();
            if (arrived.isEmpty()) {
                if (broken != null) {
                    throw new IOException("The body broke off", broken);
                }
                return false;
            }
            ArrayDeque<Buffer> all = arrived;
            arrived = taken;
            taken = all;
            release();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        waiting = 0;
        if (held) {
            held = false;
            request.resume();
        }
    }

    private void await() throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (arrived.isEmpty() && !ended && broken == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                request.connection().close();
                broken = new IOException("Nothing came for " + patience.toSeconds() + " s");
                return;
            }
            // One that was closed before anybody listened is not told to those who come later.
            boolean gone = request.response().closed();
            try {
                changed.awaitNanos(Math.min(left, LOOK_NANOS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            if (gone && arrived.isEmpty() && !ended && broken == null) {
                broken = new IOException("The connection was closed");
            }
        }
    }

    private void begin() {
        if (open) {
            return;
        }
        open = true;
        if (request.isEnded()) {
            change(() -> ended = true);
            return;
        }
        request.pause();
        request.handler(this::arrive);
        request.endHandler(end -> change(() -> ended = true));
        request.exceptionHandler(failure -> {
            // What waits inside Vert.x is given out in turn before this is.
            request.resume();
            Vertx.currentContext().runOnContext(later -> change(() -> broken = failure));
        });
        if (HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(String.valueOf(request.getHeader(HttpHeaders.EXPECT)))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void arrive(Buffer piece) {
        change(() -> {
            if (closed || piece.length() == 0) {
                return;
            }
            arrived.add(piece);
            waiting += piece.length();
            if (waiting >= ENOUGH && !held) {
                held = true;
                request.pause();
            }
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
