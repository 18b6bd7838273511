package org.millrace.api.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.millrace.model.key.ObjectKey;

/**
 * Second names of objects, in a folder of the store that holds no objects: what is deleted under its own name meanwhile can
 * still be copied. They take no room of their own, and go when the backup is done, or when the next one begins.
 */
final class Links implements AutoCloseable {

    private final Path folder;
    private final Map<ObjectKey, Path> links = new LinkedHashMap<>();
    private long bytes;

    private Links(Path folder) {
        this.folder = folder;
    }

    /** Begins without any; those of a backup that died are removed. */
    static Links in(Path media) throws IOException {
        Links links = new Links(media.resolve(".backup"));
        links.clear();
        Files.createDirectory(links.folder);
        return links;
    }

    /**
     * Gives an object a second name.
     *
     * @return whether it was still there
     */
    boolean keep(ObjectKey key, Path object) throws IOException {
        Path link = folder.resolve(Integer.toString(links.size()));
        try {
            Files.createLink(link, object);
        } catch (NoSuchFileException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            throw new Unable(
                    "No hard link to " + object + " can be made (" + e.getMessage() + "): run this as the user"
                            + " that Millrace runs as; on a file system without hard links, stop it and copy its"
                            + " data folder.",
                    e);
        }
        links.put(key, link);
        bytes += Files.size(link);
        return true;
    }

    /** The second name of each object that got one. */
    Map<ObjectKey, Path> all() {
        return links;
    }

    /** How many bytes they are together. */
    long bytes() {
        return bytes;
    }

    private void clear() throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path link : left) {
                Files.delete(link);
            }
        }
        Files.delete(folder);
    }

    @Override
    public void close() throws IOException {
        clear();
    }
}
