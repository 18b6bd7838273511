package org.millrace.api.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.millrace.model.key.ObjectKey;

/**
 * The folder that holds a backup, as one who restores sees it: {@code backup.json}, the copy of the ledger and the list of
 * objects that it names, and the objects under {@code media}. Nothing is written to it.
 */
final class BackupFolder implements AutoCloseable {

    /** What is written last. */
    static final String CARD = "backup.json";

    /** Where objects lie, by their keys; those that replace others lie in a folder of their own beside it. */
    static final String MEDIA = "media";

    /** Held by those who write, shared by those who read. */
    static final String LOCK = ".lock";

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path path;
    private final FileChannel lock;

    private BackupFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Opens a folder to read the backup in it, which no backup may be writing to. */
    static BackupFolder toRead(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new Unable("There is no folder " + path + ".");
        }
        Path file = path.resolve(LOCK);
        FileChannel lock = Files.exists(file) ? FileChannel.open(file, StandardOpenOption.READ) : null;
        if (lock != null && lock.tryLock(0, Long.MAX_VALUE, true) == null) {
            lock.close();
            throw new Unable("A backup is being made in " + path + " just now.");
        }
        return new BackupFolder(path, lock);
    }

    /** The same for one who writes to it and has locked it. */
    static BackupFolder locked(Path path) {
        return new BackupFolder(path, null);
    }

    /** What the backup in it consists of; empty if there is none that is whole. */
    Optional<BackupJson> card() throws IOException {
        Path file = path.resolve(CARD);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            BackupJson card = JSON.readValue(file.toFile(), BackupJson.class);
            if (card.format() > BackupJson.FORMAT) {
                throw new Unable("The backup in " + path + " was made by a newer Millrace (" + card.millrace()
                        + "): use that version.");
            }
            if (card.format() < 1 || card.database() == null || card.list() == null) {
                throw new Unable(file + " is not what a backup ends with.");
            }
            return Optional.of(card);
        } catch (JsonProcessingException e) {
            throw new Unable(file + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** Opens a file beside {@code backup.json} that has to be what was written. */
    InputStream read(BackupJson.File file) throws IOException {
        Path found = path.resolve(file.name());
        if (!Files.isRegularFile(found)) {
            throw new Unable("The backup in " + path + " is not whole: " + file.name() + " is missing.");
        }
        if (!Sha256.of(found).equals(file.sha256())) {
            throw new Unable("The backup in " + path + " is damaged: " + file.name() + " is not what was written.");
        }
        return Files.newInputStream(found);
    }

    /**
     * What is listed of an object.
     *
     * @param folder in which it lies by its key, {@code media} or {@code media-…}
     * @param hash SHA-256 of its bytes
     */
    record Listed(String folder, String hash) {

        /** Its path in the folder of the backup. */
        ObjectKey inside(ObjectKey key) {
            return new ObjectKey(folder + "/" + key);
        }
    }

    /** Each object that a backup lists, in the order of the keys. */
    Map<ObjectKey, Listed> list(BackupJson card) throws IOException {
        Map<ObjectKey, Listed> list = inOrder();
        try (InputStream in = read(card.list());
                Stream<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()) {
            lines.map(line -> line.split("  |/", 3))
                    .forEach(words -> list.put(new ObjectKey(words[2]), new Listed(words[1], words[0])));
        }
        return list;
    }

    /** An empty map for what {@link #list} answers. */
    static Map<ObjectKey, Listed> inOrder() {
        return new TreeMap<>(Comparator.comparing(ObjectKey::value));
    }

    /** Where an object is, or should be. */
    Path file(ObjectKey object, Listed listed) {
        return path.resolve(listed.inside(object).value());
    }

    /** The length of an object; empty if it is missing. */
    OptionalLong size(ObjectKey object, Listed listed) throws IOException {
        Path file = file(object, listed);
        return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
