package org.millrace.worker.attempt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureCode;

/**
 * Fetched objects as files, the least recently used going first when they become too many bytes. Users of one object
 * share one fetch. A file in use is never removed, so the limit may be exceeded by what is in use.
 */
final class FileCache {

    /** Fetches an object into a file that does not exist yet. */
    @FunctionalInterface
    interface Fetch {
        void into(Path target) throws IOException;
    }

    private static final Logger LOG = Logger.getLogger(FileCache.class);

    private final Path folder;
    private final long limit;
    private final Map<ObjectKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long names;

    FileCache(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** The file of an object; it is fetched if it is not here. */
    LocalObject open(ObjectKey key, long size, Fetch fetch) {
        Entry entry = use(key, size);
        try {
            entry.fetchOnce(fetch);
        } catch (IOException e) {
            release(entry);
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot fetch " + key + ": " + e, e);
        } catch (RuntimeException e) {
            release(entry);
            throw e;
        }
        return new LocalObject(entry.file, () -> release(entry));
    }

    private synchronized Entry use(ObjectKey key, long size) {
        Entry entry = entries.computeIfAbsent(key, absent -> new Entry(folder.resolve("object-" + names++), size));
        entry.users++;
        makeRoom();
        return entry;
    }

    private synchronized void release(Entry entry) {
        entry.users--;
        makeRoom();
    }

    private void makeRoom() {
        long bytes = entries.values().stream().mapToLong(entry -> entry.size).sum();
        Iterator<Entry> oldestFirst = entries.values().iterator();
        while (bytes > limit && oldestFirst.hasNext()) {
            Entry entry = oldestFirst.next();
            if (entry.users == 0) {
                bytes -= entry.size;
                oldestFirst.remove();
                entry.delete();
            }
        }
    }

    private static final class Entry {
        private final Path file;
        private final long size;
        private final ReentrantLock fetching = new ReentrantLock();
        private boolean fetched;
        private int users;

        Entry(Path file, long size) {
            this.file = file;
            this.size = size;
        }

        /** Whoever comes while another fetches waits, and tries by itself if that one failed. */
        void fetchOnce(Fetch fetch) throws IOException {
            fetching.lock();
            try {
                if (!fetched) {
                    Files.deleteIfExists(file);
                    fetch.into(file);
                    fetched = true;
                }
            } finally {
                if (!fetched) {
                    delete();
                }
                fetching.unlock();
            }
        }

        void delete() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warnf("Cannot remove %s from the cache: %s", file, e);
            }
        }
    }
}
