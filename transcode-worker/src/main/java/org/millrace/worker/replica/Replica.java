package org.millrace.worker.replica;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file of an object's length that holds only those of its bytes that were asked for; the others read as zeros. It grows
 * while it is used: several tasks may share it. Safe for use by several threads.
 */
public final class Replica {

    private static final int BUFFER = 1 << 20;

    /** A request costs more than this many bytes. */
    private static final int LEAST_FETCH = 4 << 10;

    private final Path file;
    private final long size;
    private final Remote remote;
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** One fetch at a time; what is here can be asked for meanwhile. */
    private final ReentrantLock fetching = new ReentrantLock();

    private long held;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Remote {
        /** Opens a range, which lies inside of the object; the caller closes the stream. */
        InputStream open(long offset, long length) throws IOException;
    }

    /**
     * Makes the file, without any of its bytes.
     *
     * @param file does not exist yet
     * @param size length of the object in bytes
     */
    public Replica(Path file, long size, Remote remote) throws IOException {
        this.file = file;
        this.size = size;
        this.remote = remote;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    /** Length of the object, and of the file, in bytes. */
    public long size() {
        return size;
    }

    /** How many of its bytes are here. */
    public synchronized long held() {
        return held;
    }

    /** Whether all bytes of a range are here. */
    public synchronized boolean holds(long from, long to) {
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        return to <= from || (before != null && before.getValue() >= to);
    }

    /**
     * Fetches what is missing of a range; what lies behind the end of the object is left out.
     *
     * @param going is asked again and again whether to go on; what it throws comes out here
     * @throws IOException if not everything arrived
     */
    public void require(long from, long to, Runnable going) throws IOException {
        long end = Math.min(to, size);
        fetching.lock();
        try {
            long position = heldUntil(from);
            while (position < end) {
                long gapEnd = Math.min(end, nextHeld(position));
                fetch(position, gapEnd, going);
                position = heldUntil(gapEnd);
            }
        } finally {
            fetching.unlock();
        }
    }

    /** Where the bytes that are here from a position on end: at the position itself if that one is missing. */
    private synchronized long heldUntil(long position) {
        Map.Entry<Long, Long> here = ranges.floorEntry(position);
        return here == null ? position : Math.max(position, here.getValue());
    }

    private synchronized long nextHeld(long position) {
        Long next = ranges.higherKey(position);
        return next == null ? size : next;
    }

    /** Bytes of the object, which are fetched if they are missing; fewer where it ends. */
    ByteBuffer bytes(long offset, int length, Runnable going) throws IOException {
        long end = Math.min(size, offset + length);
        if (!holds(offset, end)) {
            require(offset, Math.max(end, offset + LEAST_FETCH), going);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, end - offset));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
                going.run();
            }
        }
        return bytes.flip();
    }

    private void fetch(long from, long to, Runnable going) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long position = from;
        try (InputStream in = remote.open(from, to - from);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (position < to) {
                going.run();
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, to - position));
                if (read < 0) {
                    throw new EOFException("Only " + (position - from) + " of " + (to - from) + " bytes arrived");
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes, position + bytes.position());
                }
                position += read;
            }
        } finally {
            add(from, position);
        }
    }

    private synchronized void add(long from, long to) {
        if (to == from) {
            return;
        }
        held += to - from;
        Map.Entry<Long, Long> before = ranges.lowerEntry(from);
        long start = before != null && before.getValue() == from ? before.getKey() : from;
        Long after = ranges.remove(to);
        ranges.put(start, after == null ? to : after);
    }
}
