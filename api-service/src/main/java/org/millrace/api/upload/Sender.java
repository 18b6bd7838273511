package org.millrace.api.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request that is sending bytes to an upload: its body, and how long nothing has come. */
final class Sender extends FilterInputStream {

    private static final long NOT_WAITING = Long.MAX_VALUE;

    private final Clock clock;
    private final Runnable interrupt;
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile long waitingSince = NOT_WAITING;

    /**
     * A sender of this body.
     *
     * @param interrupt makes a read that waits for bytes fail
     */
    Sender(InputStream body, Runnable interrupt, Clock clock) {
        super(body);
        this.interrupt = interrupt;
        this.clock = clock;
    }

    @Override
    public int read() throws IOException {
        waitingSince = clock.millis();
        try {
            return super.read();
        } finally {
            waitingSince = NOT_WAITING;
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        waitingSince = clock.millis();
        try {
            return super.read(buffer, offset, length);
        } finally {
            waitingSince = NOT_WAITING;
        }
    }

    /** Whether it has waited for bytes for so long that its connection may well be dead. */
    boolean isSilentFor(Duration time) {
        long since = waitingSince;
        return since != NOT_WAITING && clock.millis() - since >= time.toMillis();
    }

    /** Tells it to stop and waits until it has; false if it does not in time. */
    boolean dismiss(Duration patience) {
        interrupt.run();
        try {
            return gone.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** To be called once it no longer touches the upload. */
    void leave() {
        gone.countDown();
    }
}
