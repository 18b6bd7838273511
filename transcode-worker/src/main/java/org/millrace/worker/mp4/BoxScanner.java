package org.millrace.worker.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Walks the top-level boxes of a file without reading their content. */
final class BoxScanner {

    private static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;

    /** Boxes read into memory are small; a larger one is a lie or an attack. */
    private static final int LARGEST_IN_MEMORY = 16 << 20;

    /**
     * A top-level box.
     *
     * @param type its four letters
     * @param offset where it begins
     * @param header bytes of its header
     * @param size bytes with header
     */
    record Box(String type, long offset, int header, long size) {

        /** Offset of the first byte after it. */
        long end() {
            return offset + size;
        }
    }

    private final FileChannel channel;
    private final String name;

    BoxScanner(FileChannel channel, String name) {
        this.channel = channel;
        this.name = name;
    }

    /**
     * The box that begins at an offset; null if the file ends before the box does.
     *
     * @param end offset of the first byte that does not count
     */
    Box at(long offset, long end) throws IOException {
        if (end - offset < HEADER) {
            return null;
        }
        ByteBuffer header = read(offset, (int) Math.min(LARGE_HEADER, end - offset));
        long size = Integer.toUnsignedLong(header.getInt());
        byte[] letters = new byte[4];
        header.get(letters);
        String type = new String(letters, StandardCharsets.ISO_8859_1);
        int length = HEADER;
        if (size == 1) {
            if (header.remaining() < 8) {
                return null;
            }
            size = header.getLong();
            length = LARGE_HEADER;
        }
        if (size < length) {
            throw new Mp4Exception(name + " has a box without a size at byte " + offset + ".");
        }
        return size > end - offset ? null : new Box(type, offset, length, size);
    }

    /** A box's content in memory. */
    BoxBuffer content(Box box) throws IOException {
        return new BoxBuffer(
                box.type(), box.offset() + box.header(), read(box.offset() + box.header(), length(box, box.header())));
    }

    /** Bytes of the file. */
    ByteBuffer read(long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, offset + buffer.position());
            if (count < 0) {
                throw new Mp4Exception(name + " ends at byte " + (offset + buffer.position()) + ", too early.");
            }
        }
        return buffer.flip();
    }

    private int length(Box box, int header) throws Mp4Exception {
        if (box.size() > LARGEST_IN_MEMORY) {
            throw new Mp4Exception(
                    name + " has a " + box.type() + " box of " + box.size() + " bytes at byte " + box.offset() + ".");
        }
        return (int) box.size() - header;
    }
}
