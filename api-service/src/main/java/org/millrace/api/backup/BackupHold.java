package org.millrace.api.backup;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;
import org.millrace.store.MediaStoreConfig;
import org.millrace.store.MediaStoreException;

/**
 * The agreement between a running service and a backup: while a backup notes what belongs to it, for some seconds, nothing
 * of the media folder is deleted or replaced. It is a lock on a file, so a backup that dies holds nothing any more.
 */
@ApplicationScoped
public class BackupHold {

    private static final Logger LOG = Logger.getLogger(BackupHold.class);

    /** In the media folder, where no object can have this name. */
    private static final String FILE = ".backup.lock";

    /** The byte that one backup at a time locks for as long as it takes. */
    private static final long BACKUP = 0;

    /** The byte that services share while they delete, and that a backup locks for itself. */
    private static final long CHANGES = 1;

    private final MediaStoreConfig store;

    BackupHold(MediaStoreConfig store) {
        this.store = store;
    }

    /**
     * Deletes or replaces objects, unless a backup holds them just now.
     *
     * @param change is short; others of this process wait for its end
     * @return whether it was done; otherwise it has to be tried again in some seconds
     * @throws MediaStoreException if that cannot be found out
     */
    public synchronized boolean unlessHeld(Runnable change) {
        if (store.kind() != MediaStoreConfig.Kind.LOCAL) {
            change.run();
            return true;
        }
        try (FileChannel file = lockable()) {
            if (file != null && file.tryLock(CHANGES, 1, true) == null) {
                return false;
            }
            change.run();
            return true;
        } catch (IOException e) {
            throw new MediaStoreException("The media folder cannot be locked: " + e.getMessage(), e);
        }
    }

    private FileChannel lockable() {
        try {
            return open(store.local().path());
        } catch (IOException e) {
            // A full disk has no room even for an empty file, and what is to be deleted has to go all the same.
            LOG.debugf(e, "No backup can have made this file either");
            return null;
        }
    }

    /** The file that locks are put on. */
    static FileChannel open(Path media) throws IOException {
        return FileChannel.open(
                media.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Whether this is the only backup of the folder now; it is until the file is closed. */
    static boolean onlyOne(FileChannel file) throws IOException {
        return file.tryLock(BACKUP, 1, false) != null;
    }

    /** Waits until nobody is deleting, and keeps it so until the lock is released. */
    static FileLock hold(FileChannel file) throws IOException {
        return file.lock(CHANGES, 1, false);
    }
}
