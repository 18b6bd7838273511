package org.millrace.worker.attempt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureCode;
import org.millrace.store.MediaStore;
import org.millrace.store.NoSuchObjectException;
import org.millrace.store.ObjectInfo;

/**
 * Objects as files, which is what converters read. Where the media store keeps files they are used in place; otherwise an
 * object is fetched whole, once per worker, and kept as long as the cache has room.
 */
@ApplicationScoped
public class ObjectFiles {

    private static final int BUFFER = 1 << 20;

    private final MediaStore store;
    private final ScratchFolder scratch;
    private final FileCache cache;

    @Inject
    ObjectFiles(MediaStore store, ScratchFolder scratch, ScratchConfig config) {
        this.store = store;
        this.scratch = scratch;
        this.cache = new FileCache(scratch.create("cache"), config.cache().asLongValue());
    }

    /**
     * Opens an object for reading; the file must not be written.
     *
     * @param attempt stops the fetching when it is stopped
     * @throws AttemptFailedException if the object does not exist or there is no room for it
     */
    public LocalObject open(ObjectKey key, Attempt attempt) {
        Optional<Path> local = store.localPath(key);
        if (local.isPresent()) {
            return new LocalObject(local.get(), () -> {});
        }
        ObjectInfo info = store.stat(key)
                .orElseThrow(() -> new AttemptFailedException(FailureCode.SOURCE_MISSING, "There is no " + key));
        return cache.open(key, info.size(), target -> fetch(key, info.size(), target, attempt));
    }

    private void fetch(ObjectKey key, long size, Path target, Attempt attempt) throws IOException {
        scratch.requireSpace(size);
        byte[] buffer = new byte[BUFFER];
        long fetched = 0;
        try (InputStream in = store.read(key);
                OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                attempt.checkGoing();
                out.write(buffer, 0, read);
                fetched += read;
            }
        } catch (NoSuchObjectException e) {
            throw new AttemptFailedException(FailureCode.SOURCE_MISSING, e.getMessage(), e);
        }
        if (fetched != size) {
            throw new IOException("Only " + fetched + " of " + size + " bytes of " + key + " arrived");
        }
    }
}
