package org.millrace.worker.attempt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.ByteWindow;
import org.millrace.store.MediaStore;
import org.millrace.store.NoSuchObjectException;
import org.millrace.store.ObjectInfo;
import org.millrace.worker.replica.FileStructure;
import org.millrace.worker.replica.Replica;

/**
 * Objects as files, which is what converters read. Where the media store keeps files they are used in place; otherwise an
 * object is fetched, once per worker, and kept as long as the cache has room. Of a source with an index only that part is
 * fetched that a task reads.
 */
@ApplicationScoped
public class ObjectFiles {

    private static final Logger LOG = Logger.getLogger(ObjectFiles.class);
    private static final int BUFFER = 1 << 20;

    /** A small file is fetched in the time that a part of it would take. */
    private static final long SMALL = 2L << 20;

    /** A part that is nearly everything is no gain. */
    private static final double NEARLY_ALL = 0.8;

    private static final int MOST_DOUBTS = 10_000;

    private final MediaStore store;
    private final ScratchFolder scratch;
    private final FileCache<Held> cache;
    private final Counter fetched;
    private final Counter doubts;

    /** Sources of which a part was not enough, the oldest forgotten first. */
    private final Map<ObjectKey, Boolean> doubted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectKey, Boolean> eldest) {
            return size() > MOST_DOUBTS;
        }
    };

    private record Held(ObjectKey object, boolean whole) {}

    private record Whole(long bytes) implements FileCache.Content {}

    private record Part(Replica replica, FileStructure structure) implements FileCache.Content {
        @Override
        public long bytes() {
            return replica.held();
        }
    }

    /** The source is not built for being read in parts. */
    private static final class NoIndexException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoIndexException(String source) {
            super(source);
        }
    }

    @Inject
    ObjectFiles(MediaStore store, ScratchFolder scratch, ScratchConfig config, MeterRegistry registry) {
        this.store = store;
        this.scratch = scratch;
        this.cache = new FileCache<>(scratch.create("cache"), config.cache().asLongValue());
        this.fetched = Counter.builder("millrace.worker.fetched.bytes")
                .description("Bytes read from a media store that keeps no local files")
                .register(registry);
        this.doubts = Counter.builder("millrace.worker.part.doubts")
                .description("Tries that were made again with the whole source, because of a part of it")
                .register(registry);
    }

    /**
     * Opens an object for reading; the file must not be written.
     *
     * @param attempt stops the fetching when it is stopped
     * @throws AttemptFailedException if the object does not exist or there is no room for it
     */
    public LocalObject open(ObjectKey key, Attempt attempt) {
        return local(key).orElseGet(() -> whole(key, size(key), attempt));
    }

    /**
     * Opens a source for a task that reads a part of it. Bytes of other parts may be missing; see
     * {@link LocalObject#isWhole}.
     *
     * @throws AttemptFailedException if the object does not exist or there is no room for it
     */
    public LocalObject open(ObjectKey key, ByteWindow window, Attempt attempt) {
        return local(key).orElseGet(() -> {
            long size = size(key);
            boolean worthIt = size > SMALL && window.head() + window.to() - window.from() < NEARLY_ALL * size;
            if (!worthIt || isDoubted(key) || cache.has(new Held(key, true))) {
                return whole(key, size, attempt);
            }
            return part(key, size, window, attempt).orElseGet(() -> whole(key, size, attempt));
        });
    }

    /** Notes that a part of this source was not enough: from now on it is opened whole. */
    public void doubt(ObjectKey key) {
        doubts.increment();
        forgo(key);
    }

    private void forgo(ObjectKey key) {
        synchronized (doubted) {
            doubted.put(key, true);
        }
    }

    private boolean isDoubted(ObjectKey key) {
        synchronized (doubted) {
            return doubted.containsKey(key);
        }
    }

    private Optional<LocalObject> local(ObjectKey key) {
        return store.localPath(key).map(path -> new LocalObject(path, LocalObject.Extent.WHOLE, () -> {}));
    }

    private long size(ObjectKey key) {
        return store.stat(key)
                .map(ObjectInfo::size)
                .orElseThrow(() -> new AttemptFailedException(FailureCode.SOURCE_MISSING, "There is no " + key));
    }

    private LocalObject whole(ObjectKey key, long size, Attempt attempt) {
        FileCache.Use<Whole> use = fetching(
                key,
                () -> cache.open(new Held(key, true), Whole.class, size, target -> fetch(key, size, target, attempt)));
        return new LocalObject(use.file(), LocalObject.Extent.WHOLE, use.release());
    }

    /** Empty if the source is not built for it. */
    private Optional<LocalObject> part(ObjectKey key, long size, ByteWindow window, Attempt attempt) {
        long expected = window.head() + window.to() - window.from();
        scratch.requireSpace(expected);
        try {
            return Optional.of(fetching(key, () -> {
                FileCache.Use<Part> use = cache.open(
                        new Held(key, false),
                        Part.class,
                        expected,
                        target -> begin(key, size, window, target, attempt));
                return complete(use, window, attempt);
            }));
        } catch (NoIndexException e) {
            LOG.debugf("The source %s is fetched whole: it has no index that could be used", key);
            forgo(key);
            return Optional.empty();
        }
    }

    private Part begin(ObjectKey key, long size, ByteWindow window, Path target, Attempt attempt) throws IOException {
        Replica replica = new Replica(target, size, (offset, length) -> {
            LOG.debugf("Of %s %s bytes from %s on are fetched", key, length, offset);
            fetched.increment(length);
            return store.read(key, offset, length);
        });
        replica.require(0, window.head(), attempt::checkGoing);
        return new Part(
                replica,
                FileStructure.fetch(replica, attempt::checkGoing).orElseThrow(() -> new NoIndexException(key.value())));
    }

    private static LocalObject complete(FileCache.Use<Part> use, ByteWindow window, Attempt attempt)
            throws IOException {
        Replica replica = use.content().replica();
        try {
            long from = Math.min(window.from(), use.content().structure().startOf(window.from()));
            replica.require(0, window.head(), attempt::checkGoing);
            replica.require(from, window.to(), attempt::checkGoing);
            return new LocalObject(use.file(), replica::holds, use.release());
        } catch (IOException | RuntimeException e) {
            use.release().run();
            throw e;
        }
    }

    private interface Fetching<T> {
        T run() throws IOException;
    }

    private static <T> T fetching(ObjectKey key, Fetching<T> fetching) {
        try {
            return fetching.run();
        } catch (NoSuchObjectException e) {
            throw new AttemptFailedException(FailureCode.SOURCE_MISSING, e.getMessage(), e);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot fetch " + key + ": " + e, e);
        }
    }

    private Whole fetch(ObjectKey key, long size, Path target, Attempt attempt) throws IOException {
        scratch.requireSpace(size);
        LOG.debugf("Of %s all %s bytes are fetched", key, size);
        byte[] buffer = new byte[BUFFER];
        long arrived = 0;
        try (InputStream in = store.read(key);
                OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                attempt.checkGoing();
                out.write(buffer, 0, read);
                arrived += read;
            }
        } finally {
            fetched.increment(arrived);
        }
        if (arrived != size) {
            throw new IOException("Only " + arrived + " of " + size + " bytes of " + key + " arrived");
        }
        return new Whole(size);
    }
}
