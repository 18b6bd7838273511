package org.millrace.store;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.millrace.model.key.ObjectKey;

/**
 * A folder whose files are named by object keys. Directories exist as long as something is in them. Symbolic links are
 * never followed, so nothing outside the folder can be reached through a key.
 */
final class FileTree {

    /** How often to go on when somebody removes the directory that was just made. */
    private static final int RACES = 100;

    private final Path root;

    /** The tree in this directory, which exists and is not a link. */
    FileTree(Path root) {
        this.root = root;
    }

    /** Where the file of this key is, if it exists. */
    Path locate(ObjectKey key) throws IOException {
        Path path = root.resolve(key.value());
        for (Path directory = path.getParent(); !directory.equals(root); directory = directory.getParent()) {
            if (Files.isSymbolicLink(directory)) {
                throw new IOException("A symbolic link is not a part of the store: " + directory);
            }
        }
        return path;
    }

    /** Where the file of this key is; empty if there is none. */
    Optional<Path> find(ObjectKey key) throws IOException {
        return Optional.of(locate(key)).filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** What is known about the file of this key; empty if there is none. */
    Optional<ObjectInfo> stat(ObjectKey key) throws IOException {
        return stat(key, locate(key));
    }

    private static Optional<ObjectInfo> stat(ObjectKey key, Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
        if (!attributes.isRegularFile()) {
            return Optional.empty();
        }
        // The time alone is not enough: a kernel tick is long enough for two replacements of the same size.
        String etag = Long.toHexString(attributes.size())
                + "-" + Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS))
                + "-" + Integer.toHexString(Objects.hashCode(attributes.fileKey()));
        return Optional.of(new ObjectInfo(
                key, attributes.size(), etag, attributes.lastModifiedTime().toInstant()));
    }

    /** Gives a file on this file system, whose bytes are durable, the name of this key. */
    void place(Path file, ObjectKey key) throws IOException {
        Path target = locate(key);
        for (int race = 1; ; race++) {
            try {
                DurableFiles.createDirectories(root, target.getParent());
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
                DurableFiles.syncDirectory(target.getParent());
                return;
            } catch (NoSuchFileException e) {
                if (race == RACES || Files.notExists(file) || Files.notExists(root)) {
                    throw e;
                }
            }
        }
    }

    /** Removes the file of this key, if there is one, and the directories that become empty. */
    void delete(ObjectKey key) throws IOException {
        Path path = locate(key);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(path)) {
            DurableFiles.prune(root, path.getParent());
        }
    }

    /** Removes the directories above a file that is no longer there, as far as they are empty. */
    void forget(Path file) throws IOException {
        DurableFiles.prune(root, file.getParent());
    }

    /** Removes everything under this prefix. */
    void deletePrefix(ObjectKey prefix) throws IOException {
        Path top = locate(prefix);
        if (Files.notExists(top, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (int race = 1; ; race++) {
            try {
                Files.walkFileTree(top, new Deleter());
                DurableFiles.prune(root, top.getParent());
                return;
            } catch (DirectoryNotEmptyException e) {
                if (race == RACES) {
                    throw e;
                }
            }
        }
    }

    /** All files under this prefix; one directory is read at a time. */
    Stream<ObjectInfo> list(ObjectKey prefix) throws IOException {
        return list(locate(prefix));
    }

    private Stream<ObjectInfo> list(Path path) {
        try {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Optional<ObjectKey> key = keyOf(path);
                return key.isEmpty() ? Stream.empty() : stat(key.get(), path).stream();
            }
            List<Path> children = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                entries.forEach(children::add);
            }
            return children.stream().flatMap(this::list);
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw MediaStoreException.of("Cannot list " + path, e);
        }
    }

    private Optional<ObjectKey> keyOf(Path path) {
        try {
            return Optional.of(new ObjectKey(root.relativize(path).toString()));
        } catch (IllegalArgumentException e) {
            // Somebody else's file: nothing that could be asked for by key.
            return Optional.empty();
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
