package org.millrace.worker.attempt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Fetched objects as files, the least recently used going first when they become too many bytes. Users of one object
 * share one fetch. A file in use is never removed, so the limit may be exceeded by what is in use.
 *
 * @param <K> what tells objects apart
 */
final class FileCache<K> {

    /** What is known about a fetched object. */
    @FunctionalInterface
    interface Content {
        /** Bytes that it takes on the disk, now. */
        long bytes();
    }

    /**
     * Fetches an object.
     *
     * @param <T> what is known about it afterwards
     */
    @FunctionalInterface
    interface Fetch<T extends Content> {
        /** Fetches it into a file that does not exist yet. */
        T into(Path target) throws IOException;
    }

    /**
     * An object in use.
     *
     * @param file where its bytes are
     * @param content what its fetch returned
     * @param release gives it up
     */
    record Use<T extends Content>(Path file, T content, Runnable release) {}

    private static final Logger LOG = Logger.getLogger(FileCache.class);

    private final Path folder;
    private final long limit;
    private final Map<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long names;

    FileCache(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /**
     * The file of an object; it is fetched if it is not here.
     *
     * @param key is always used with the same type of content
     * @param expected bytes that it will take on the disk
     * @throws IOException if it cannot be fetched
     */
    <T extends Content> Use<T> open(K key, Class<T> type, long expected, Fetch<T> fetch) throws IOException {
        Entry entry = use(key, expected);
        try {
            T content = type.cast(entry.fetchOnce(fetch));
            return new Use<>(entry.file, content, () -> release(entry));
        } catch (IOException | RuntimeException e) {
            release(entry);
            throw e;
        }
    }

    /** Whether an object is here and need not be fetched. */
    synchronized boolean has(K key) {
        Entry entry = entries.get(key);
        return entry != null && entry.content != null;
    }

    private synchronized Entry use(K key, long expected) {
        Entry entry = entries.computeIfAbsent(key, absent -> new Entry(folder.resolve("object-" + names++), expected));
        entry.users++;
        makeRoom();
        return entry;
    }

    private synchronized void release(Entry entry) {
        entry.users--;
        makeRoom();
    }

    private void makeRoom() {
        long bytes = entries.values().stream().mapToLong(Entry::bytes).sum();
        Iterator<Entry> oldestFirst = entries.values().iterator();
        while (bytes > limit && oldestFirst.hasNext()) {
            Entry entry = oldestFirst.next();
            if (entry.users == 0) {
                bytes -= entry.bytes();
                oldestFirst.remove();
                entry.delete();
            }
        }
    }

    private static final class Entry {
        private final Path file;
        private final long expected;
        private final ReentrantLock fetching = new ReentrantLock();
        private volatile Content content;
        private int users;

        Entry(Path file, long expected) {
            this.file = file;
            this.expected = expected;
        }

        long bytes() {
            return content == null ? expected : content.bytes();
        }

        /** Whoever comes while another fetches waits, and tries by itself if that one failed. */
        Content fetchOnce(Fetch<?> fetch) throws IOException {
            fetching.lock();
            try {
                if (content == null) {
                    Files.deleteIfExists(file);
                    content = fetch.into(file);
                }
                return content;
            } finally {
                if (content == null) {
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
