package org.millrace.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.millrace.model.key.ObjectKey;

/**
 * The media store in a folder of a local (or shared POSIX) file system. Objects are files whose relative path is their
 * key. What is being written lies in {@code .incoming}, appends in {@code .appends}: no key begins with a dot.
 */
public final class LocalMediaStore implements MediaStore {

    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Path root;
    private final Path incoming;
    private final FileTree objects;
    private final LocalAppends appends;
    private final Clock clock;

    /**
     * Opens the store in this folder and makes the folder if it is missing. Only here: a folder that disappears later
     * is a disk that is gone, and nothing must be written in its place.
     *
     * @throws MediaStoreException if the folder cannot be used
     */
    public LocalMediaStore(Path root, Clock clock) {
        this.clock = clock;
        try {
            this.root = Files.createDirectories(root.toAbsolutePath()).toRealPath();
            this.incoming = Files.createDirectories(this.root.resolve(".incoming"));
            Path appending = Files.createDirectories(this.root.resolve(".appends"));
            DurableFiles.sync(this.root);
            this.objects = new FileTree(this.root);
            this.appends = new LocalAppends(incoming, new FileTree(appending));
        } catch (IOException e) {
            throw MediaStoreException.of("Cannot use the media folder " + root, e);
        }
        sweep(LEFT_BEHIND);
    }

    @Override
    public StoredObject put(ObjectKey key, Path file) {
        return io("store", key, () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return store(key, in);
            }
        });
    }

    @Override
    public StoredObject put(ObjectKey key, byte[] bytes) {
        return io("store", key, () -> store(key, new ByteArrayInputStream(bytes)));
    }

    @Override
    public StoredObject adopt(ObjectKey key, Path file) {
        return io("take over a file as", key, () -> {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(file.toString(), null, "not a regular file");
            }
            DurableFiles.sync(file);
            try {
                objects.place(file, key);
                return new StoredObject(info(key), Optional.empty());
            } catch (AtomicMoveNotSupportedException e) {
                StoredObject stored = put(key, file);
                Files.delete(file);
                return stored;
            }
        });
    }

    @Override
    public InputStream read(ObjectKey key) {
        return read(key, 0, Long.MAX_VALUE);
    }

    @Override
    public InputStream read(ObjectKey key, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("Not a range: " + offset + "+" + length);
        }
        return io("read", key, () -> {
            Path path = objects.find(key).orElseThrow(() -> new NoSuchObjectException(key));
            try {
                FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                channel.position(offset);
                return new RangeInputStream(Channels.newInputStream(channel), length);
            } catch (NoSuchFileException e) {
                throw new NoSuchObjectException(key);
            }
        });
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return io("look up", key, () -> objects.stat(key));
    }

    @Override
    public void delete(ObjectKey key) {
        run("delete", key, () -> objects.delete(key));
    }

    @Override
    public void deletePrefix(ObjectKey prefix) {
        run("delete everything under", prefix, () -> {
            appends.abortPrefix(prefix);
            objects.deletePrefix(prefix);
        });
    }

    @Override
    public Stream<ObjectInfo> list(ObjectKey prefix) {
        return io("list", prefix, () -> objects.list(prefix));
    }

    @Override
    public Optional<Path> localPath(ObjectKey key) {
        return io("look up", key, () -> objects.find(key));
    }

    @Override
    public Optional<URI> presignGet(ObjectKey key, Duration validity) {
        return Optional.empty();
    }

    @Override
    public void move(ObjectKey from, ObjectKey to) {
        run("move to " + to, from, () -> {
            Optional<Path> file = objects.find(from);
            if (file.isPresent()) {
                objects.place(file.get(), to);
                objects.forget(file.get());
            } else if (objects.find(to).isEmpty()) {
                throw new NoSuchObjectException(from);
            }
        });
    }

    @Override
    public OptionalLong freeBytes() {
        try {
            return OptionalLong.of(Files.getFileStore(root).getUsableSpace());
        } catch (IOException e) {
            throw MediaStoreException.of("Cannot ask for the free space of " + root, e);
        }
    }

    @Override
    public void check() {
        Path probe = temporary();
        try {
            if (Files.notExists(incoming)) {
                throw new MediaStoreException("The media folder " + root + " is gone; is its disk mounted?");
            }
            DurableFiles.write(probe, new ByteArrayInputStream(new byte[1]));
            Files.delete(probe);
        } catch (IOException e) {
            throw MediaStoreException.of("The media folder " + root + " cannot be written to", e);
        }
    }

    @Override
    public void sweep(Duration age) {
        Instant limit = clock.instant().minus(age);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming)) {
            for (Path file : files) {
                if (DurableFiles.modified(file).isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw MediaStoreException.of("Cannot tidy up " + incoming, e);
        }
    }

    @Override
    public void createAppend(ObjectKey key) {
        run("begin the append", key, () -> appends.create(key));
    }

    @Override
    public long durableOffset(ObjectKey key) {
        return io("look up the append", key, () -> appends.durableOffset(key));
    }

    @Override
    public long append(ObjectKey key, long offset, InputStream in, long maxBytes) {
        return io("append to", key, () -> appends.append(key, offset, in, maxBytes));
    }

    @Override
    public void truncate(ObjectKey key, long offset) {
        run("truncate the append", key, () -> appends.truncate(key, offset));
    }

    @Override
    public ObjectInfo finishAppend(ObjectKey key) {
        return io("finish the append", key, () -> {
            appends.finish(key, objects);
            return info(key);
        });
    }

    @Override
    public void abortAppend(ObjectKey key) {
        run("abort the append", key, () -> appends.abort(key));
    }

    private StoredObject store(ObjectKey key, InputStream in) throws IOException {
        Path file = temporary();
        try {
            String sha256 = DurableFiles.write(file, in);
            objects.place(file, key);
            return new StoredObject(info(key), Optional.of(sha256));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private ObjectInfo info(ObjectKey key) throws IOException {
        return objects.stat(key).orElseThrow(() -> new NoSuchObjectException(key));
    }

    private Path temporary() {
        return incoming.resolve(UUID.randomUUID().toString());
    }

    private static <T> T io(String what, ObjectKey key, IoCall<T> operation) {
        try {
            return operation.run();
        } catch (IOException e) {
            throw MediaStoreException.of("Cannot " + what + " " + key, e);
        }
    }

    private static void run(String what, ObjectKey key, Action action) {
        io(what, key, () -> {
            action.run();
            return Optional.empty();
        });
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }
}
