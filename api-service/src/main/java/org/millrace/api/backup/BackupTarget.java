package org.millrace.api.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.millrace.api.backup.BackupFolder.Listed;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.LocalMediaStore;
import org.millrace.store.MediaStore;
import org.millrace.store.ObjectInfo;
import org.millrace.store.StoredObject;

/**
 * The folder that a backup is written into. It is kept as a media store is, so what stands in it under its name is whole
 * and on the disk. A newer backup adds its files beside those of the older, replaces {@code backup.json}, and only then
 * removes what is needed no more: at any moment the folder holds one whole backup, or none yet.
 */
final class BackupTarget implements AutoCloseable {

    /** All that this program ever puts there, and what the maker of a file system does. */
    private static final Pattern OURS = Pattern.compile(
            "backup\\.json|media(-[0-9tz-]+)?|(ledger|objects)-[0-9tz-]+\\.(db|sha256)|\\..*|lost\\+found");

    private final Path path;
    private final MediaStore store;
    private final FileChannel lock;

    private BackupTarget(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
        this.store = new LocalMediaStore(path, Clock.systemUTC());
    }

    /** Opens a folder, and makes it if it is missing; for one process at a time. */
    static BackupTarget open(Path path) throws IOException {
        Files.createDirectories(path);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                if (!OURS.matcher(file.getFileName().toString()).matches()) {
                    throw new Unable(path + " holds something else (" + file.getFileName()
                            + "): name an empty folder, or one with a backup in it.");
                }
            }
        }
        FileChannel lock =
                FileChannel.open(path.resolve(BackupFolder.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            throw new Unable("Another backup, or a restore, uses " + path + " just now.");
        }
        return new BackupTarget(path, lock);
    }

    /** The backup that is there already, if there is one. */
    BackupFolder before() {
        return BackupFolder.locked(path);
    }

    /** Bytes that can still be written to it. */
    long freeBytes() {
        return store.freeBytes().orElse(Long.MAX_VALUE);
    }

    /** A name for a file that nobody takes for a part of a backup. */
    Path temporary(String name) throws IOException {
        Path file = path.resolve(".incoming").resolve(name);
        Files.deleteIfExists(file);
        return file;
    }

    /** Copies an object into one of the folders for them; nothing that an older backup lists may be there. */
    Listed put(String folder, ObjectKey object, Path file) {
        return new Listed(folder, hash(store.put(new Listed(folder, "").inside(object), file)));
    }

    /** Copies a file to a name beside {@code backup.json}. */
    BackupJson.File put(String name, Path file) {
        return named(name, store.put(new ObjectKey(name), file));
    }

    /** Writes the list of objects. */
    BackupJson.File put(String name, Map<ObjectKey, Listed> list) {
        StringBuilder lines = new StringBuilder();
        list.forEach((key, listed) -> lines.append(listed.hash())
                .append("  ")
                .append(listed.inside(key))
                .append('\n'));
        return named(name, store.put(new ObjectKey(name), lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Makes what was copied the backup of this folder; until now it was the one before. */
    void finish(BackupJson card) throws IOException {
        store.put(
                new ObjectKey(BackupFolder.CARD),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(card));
    }

    /** Removes all that does not belong to the backup. */
    void prune(BackupJson card, Map<ObjectKey, Listed> list) throws IOException {
        Set<ObjectKey> kept = new HashSet<>();
        list.forEach((key, listed) -> kept.add(listed.inside(key)));
        for (Path folder : found("media*")) {
            try (Stream<ObjectInfo> objects =
                    store.list(new ObjectKey(folder.getFileName().toString()))) {
                objects.map(ObjectInfo::key)
                        .filter(key -> !kept.contains(key))
                        .toList()
                        .forEach(store::delete);
            }
        }
        for (Path file : found("{ledger,objects}-*")) {
            String name = file.getFileName().toString();
            if (!name.equals(card.database().name()) && !name.equals(card.list().name())) {
                Files.delete(file);
            }
        }
    }

    private List<Path> found(String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, pattern)) {
            files.forEach(found::add);
        }
        return found;
    }

    private static BackupJson.File named(String name, StoredObject stored) {
        return new BackupJson.File(name, stored.size(), hash(stored));
    }

    private static String hash(StoredObject stored) {
        return stored.sha256().orElseThrow(() -> new IllegalStateException("A folder tells the hash of what it keeps"));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
