package org.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Senders of bytes as uploads meet them. */
final class Senders {

    private Senders() {}

    /** A sender that breaks off in one of the two ways servers report it. */
    static final class Broken extends InputStream {

        private final boolean checked;

        Broken(boolean checked) {
            this.checked = checked;
        }

        @Override
        public int read() throws IOException {
            IOException reset = new IOException("Connection reset");
            if (checked) {
                throw reset;
            }
            throw new UncheckedIOException(reset);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }
    }

    /** A sender whose only byte comes when it is told to send it. */
    static final class Waiting extends InputStream {

        private final CountDownLatch started;
        private final CountDownLatch release;

        Waiting(CountDownLatch started, CountDownLatch release) {
            this.started = started;
            this.release = release;
        }

        @Override
        public int read() throws IOException {
            started.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            return 1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            buffer[offset] = (byte) read();
            return 1;
        }
    }

    /** As many bytes as anybody cares to read. */
    static final class Endless extends InputStream {

        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            return length;
        }
    }
}
