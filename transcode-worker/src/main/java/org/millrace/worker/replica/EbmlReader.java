package org.millrace.worker.replica;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads elements of EBML (RFC 8794) one after the other. */
final class EbmlReader {

    /** The size of an element that ends where its parent ends or the next of its kind begins. */
    static final long UNKNOWN = -1;

    private final ByteBuffer bytes;

    EbmlReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The bytes are no EBML. */
    static final class NotEbmlException extends IOException {
        private static final long serialVersionUID = 1;
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    /** Identifier of the next element, with its length marker. */
    int id() throws NotEbmlException {
        int length = length(4);
        return (int) unsigned(length);
    }

    /** Bytes in the element whose identifier was read; {@link #UNKNOWN} if it does not say. */
    long size() throws NotEbmlException {
        int length = length(8);
        long mask = (1L << 7 * length) - 1;
        long value = unsigned(length) & mask;
        return value == mask ? UNKNOWN : value;
    }

    /** The next so many bytes, which are skipped here. */
    EbmlReader body(long size) throws NotEbmlException {
        if (size < 0 || size > bytes.remaining()) {
            throw new NotEbmlException();
        }
        EbmlReader body = new EbmlReader(bytes.slice(bytes.position(), (int) size));
        bytes.position(bytes.position() + (int) size);
        return body;
    }

    /** All bytes as one number. */
    long number() throws NotEbmlException {
        if (bytes.remaining() > 8) {
            throw new NotEbmlException();
        }
        return unsigned(bytes.remaining());
    }

    /** The first byte tells by its leading zeros how many there are. */
    private int length(int most) throws NotEbmlException {
        if (!bytes.hasRemaining()) {
            throw new NotEbmlException();
        }
        int length = Integer.numberOfLeadingZeros(bytes.get(bytes.position()) & 0xff) - 23;
        if (length > most || length > bytes.remaining()) {
            throw new NotEbmlException();
        }
        return length;
    }

    private long unsigned(int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes.get() & 0xff);
        }
        return value;
    }
}
