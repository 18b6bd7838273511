package org.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** File operations that are on the disk, not only in the kernel's memory, when they return. */
final class DurableFiles {

    /** Bytes copied at a time: the memory that one transfer costs. */
    static final int BUFFER = 128 * 1024;

    private DurableFiles() {}

    /** Waits until a file's bytes or a directory's names are on the disk. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Waits until a directory's names are on the disk; one that is gone by now has none. */
    static void syncDirectory(Path directory) throws IOException {
        try {
            sync(directory);
        } catch (NoSuchFileException e) {
            // Somebody deleted it and everything in it: nothing is left to be made durable.
            return;
        }
    }

    /** Makes a directory and those above it, up to a root that exists. */
    static void createDirectories(Path root, Path directory) throws IOException {
        if (directory.equals(root) || Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        createDirectories(root, directory.getParent());
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // Gone by now is what another process has found empty and removed: whoever needs it tries again.
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
        syncDirectory(directory.getParent());
    }

    /** Removes a directory and those above it while they are empty, but never the root. */
    static void prune(Path root, Path directory) throws IOException {
        Path last = directory;
        for (; !last.equals(root); last = last.getParent()) {
            try {
                Files.deleteIfExists(last);
            } catch (DirectoryNotEmptyException e) {
                break;
            }
        }
        syncDirectory(last);
    }

    /** When a file was last written to; one that is gone by now will never be old. */
    static Instant modified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }

    /** Writes a stream into a new file and returns the SHA-256 of its bytes. */
    static String write(Path target, InputStream in) throws IOException {
        Sha256 sha256 = new Sha256();
        byte[] buffer = new byte[BUFFER];
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            long position = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, count);
                position = write(channel, position, buffer, count);
            }
            channel.force(true);
        }
        return sha256.hex();
    }

    /** Writes the first bytes of a buffer at a position and returns the position after them. */
    static long write(FileChannel channel, long position, byte[] buffer, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        long next = position;
        while (bytes.hasRemaining()) {
            next += channel.write(bytes, next);
        }
        return next;
    }
}
