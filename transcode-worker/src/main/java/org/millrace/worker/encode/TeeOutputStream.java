package org.millrace.worker.encode;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the same bytes to two streams; it closes neither. */
final class TeeOutputStream extends OutputStream {

    private final OutputStream one;
    private final OutputStream other;

    TeeOutputStream(OutputStream one, OutputStream other) {
        this.one = one;
        this.other = other;
    }

    @Override
    public void write(int value) throws IOException {
        one.write(value);
        other.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        one.write(bytes, offset, length);
        other.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        one.flush();
        other.flush();
    }
}
