package org.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.millrace.model.key.ObjectKey;

/** Appends on a local disk: each is one growing file in a tree of its own, and its length is the offset. */
final class LocalAppends {

    /** Bytes after which the disk is asked for a long append so far; what it has not taken, a loss of power can cost. */
    private static final long SYNC_EVERY = 16L << 20;

    private final Path incoming;
    private final FileTree tree;
    private final AppendClaims claims = new AppendClaims();

    LocalAppends(Path incoming, FileTree tree) {
        this.incoming = incoming;
        this.tree = tree;
    }

    void create(ObjectKey key) throws IOException {
        if (tree.find(key).isPresent()) {
            return;
        }
        Path empty = incoming.resolve(UUID.randomUUID().toString());
        Files.createFile(empty);
        tree.place(empty, key);
    }

    long durableOffset(ObjectKey key) throws IOException {
        try (FileChannel file = open(key)) {
            return durableSize(file);
        }
    }

    long append(ObjectKey key, long offset, InputStream in, long maxBytes) throws IOException {
        return claims.holding(key, () -> {
            try (FileChannel file = open(key)) {
                long durable = durableSize(file);
                if (offset != durable) {
                    throw new WrongOffsetException(key, offset, durable);
                }
                long end = copy(in, file, offset, maxBytes);
                file.force(true);
                return end;
            }
        });
    }

    /** Returns the new length. */
    long truncate(ObjectKey key, long offset) throws IOException {
        return claims.holding(key, () -> {
            try (FileChannel file = open(key)) {
                long durable = durableSize(file);
                if (offset < 0 || offset > durable) {
                    throw new WrongOffsetException(key, offset, durable);
                }
                file.truncate(offset);
                file.force(true);
                return offset;
            }
        });
    }

    /** Makes the append a file of the other tree; false if there is none. */
    boolean finish(ObjectKey key, FileTree objects) throws IOException {
        return claims.holding(key, () -> {
            Optional<Path> file = tree.find(key);
            if (file.isEmpty()) {
                return false;
            }
            DurableFiles.sync(file.get());
            objects.place(file.get(), key);
            tree.forget(file.get());
            return true;
        });
    }

    void abort(ObjectKey key) throws IOException {
        tree.delete(key);
    }

    void abortPrefix(ObjectKey prefix) throws IOException {
        tree.deletePrefix(prefix);
    }

    private FileChannel open(ObjectKey key) throws IOException {
        Path file = tree.find(key).orElseThrow(() -> new NoSuchObjectException(key));
        try {
            return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new NoSuchObjectException(key);
        }
    }

    /** The file's length, once all of it is on the disk: a writer that died may have left bytes in memory only. */
    private static long durableSize(FileChannel file) throws IOException {
        long size = file.size();
        file.force(true);
        return size;
    }

    private static long copy(InputStream in, FileChannel file, long offset, long maxBytes) throws IOException {
        byte[] buffer = new byte[DurableFiles.BUFFER];
        try (WriteBack disk = new WriteBack(file)) {
            return copy(in, file, offset, maxBytes, buffer, disk);
        }
    }

    private static long copy(
            InputStream in, FileChannel file, long offset, long maxBytes, byte[] buffer, WriteBack disk)
            throws IOException {
        long end = maxBytes > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + maxBytes;
        long position = offset;
        long synced = offset;
        while (position < end) {
            int count = Incoming.read(in, buffer, end - position);
            if (count < 0) {
                break;
            }
            position = DurableFiles.write(file, position, buffer, count);
            if (position - synced >= SYNC_EVERY) {
                disk.begin();
                synced = position;
            }
        }
        return position;
    }
}
