package org.millrace.api.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.millrace.api.problem.ProblemException;

/**
 * A body of which no more than so many bytes are read. Closing it leaves the rest where it is: reading a refused body
 * to its end could take for ever.
 */
final class LimitedBody extends FilterInputStream {

    private final ProblemException refusal;
    private long left;

    /** Fails with the refusal once there are more bytes than the limit. */
    LimitedBody(InputStream in, long limit, ProblemException refusal) {
        super(in);
        this.left = limit;
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        count(count);
        return count;
    }

    @Override
    public void close() {}

    private void count(int bytes) {
        left -= Math.max(0, bytes);
        if (left < 0) {
            throw refusal;
        }
    }
}
