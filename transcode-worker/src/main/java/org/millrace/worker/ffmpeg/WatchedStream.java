package org.millrace.worker.ffmpeg;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that tells when bytes came. */
final class WatchedStream extends FilterInputStream {

    private final Runnable activity;

    WatchedStream(InputStream stream, Runnable activity) {
        super(stream);
        this.activity = activity;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            activity.run();
        }
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            activity.run();
        }
        return count;
    }
}
