package org.millrace.worker.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A box in memory, read front to back. Every read beyond its end is an {@link Mp4Exception}.
 *
 * @param type its four letters
 * @param offset where it begins in the file, for messages
 * @param body its content, from position to limit
 */
record BoxBuffer(String type, long offset, ByteBuffer body) {

    private static final int HEADER = 8;

    /** The next box inside this one; empty at the end. */
    Optional<BoxBuffer> next() throws Mp4Exception {
        if (!body.hasRemaining()) {
            return Optional.empty();
        }
        long at = offset + body.position();
        need(HEADER);
        int start = body.position();
        long size = Integer.toUnsignedLong(body.getInt());
        String kind = letters();
        if (size == 1) {
            need(8);
            size = body.getLong();
        }
        int header = body.position() - start;
        if (size < header || size - header > body.remaining()) {
            throw new Mp4Exception("The box " + kind + " at byte " + at + " does not fit into " + type + ".");
        }
        ByteBuffer content = body.slice(body.position(), (int) (size - header));
        body.position(body.position() + content.remaining());
        return Optional.of(new BoxBuffer(kind, at + header, content));
    }

    /** The first box of a kind inside; reading begins at the front. */
    Optional<BoxBuffer> child(String kind) throws Mp4Exception {
        BoxBuffer copy = new BoxBuffer(type, offset, body.slice());
        for (Optional<BoxBuffer> box = copy.next(); box.isPresent(); box = copy.next()) {
            if (box.get().type.equals(kind)) {
                return box;
            }
        }
        return Optional.empty();
    }

    /** The same, where it must be. */
    BoxBuffer required(String kind) throws Mp4Exception {
        return child(kind)
                .orElseThrow(
                        () -> new Mp4Exception("The box " + type + " at byte " + offset + " has no " + kind + "."));
    }

    /** Next byte, 0 to 255. */
    int u8() throws Mp4Exception {
        need(1);
        return Byte.toUnsignedInt(body.get());
    }

    /** Next two bytes, unsigned. */
    int u16() throws Mp4Exception {
        need(2);
        return Short.toUnsignedInt(body.getShort());
    }

    /** Next four bytes, unsigned. */
    long u32() throws Mp4Exception {
        need(4);
        return Integer.toUnsignedLong(body.getInt());
    }

    /** Next four bytes, signed. */
    int s32() throws Mp4Exception {
        need(4);
        return body.getInt();
    }

    /** Next eight bytes; refuses what does not fit into a positive long. */
    long u64() throws Mp4Exception {
        need(8);
        long value = body.getLong();
        if (value < 0) {
            throw new Mp4Exception("The box " + type + " at byte " + offset + " holds an impossible time or size.");
        }
        return value;
    }

    /** Next eight bytes, signed. */
    long s64() throws Mp4Exception {
        need(8);
        return body.getLong();
    }

    /** Next four bytes as letters. */
    String letters() throws Mp4Exception {
        need(4);
        byte[] four = new byte[4];
        body.get(four);
        return new String(four, StandardCharsets.ISO_8859_1);
    }

    /** Passes over bytes. */
    BoxBuffer skip(int bytes) throws Mp4Exception {
        need(bytes);
        body.position(body.position() + bytes);
        return this;
    }

    /** What is left, at most so many bytes away from the end. */
    int remaining() {
        return body.remaining();
    }

    private void need(int bytes) throws Mp4Exception {
        if (body.remaining() < bytes) {
            throw new Mp4Exception("The box " + type + " at byte " + offset + " is too short.");
        }
    }
}
