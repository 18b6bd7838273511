package org.millrace.worker.attempt;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.ffmpeg.Leftovers;

/**
 * The folder of this run of the worker. It is locked as long as the process lives, however it ends, so the next worker
 * to start can tell the folders of the dead and removes them, with what may still run there.
 */
@ApplicationScoped
public class ScratchFolder {

    private static final Logger LOG = Logger.getLogger(ScratchFolder.class);
    private static final String PREFIX = "worker-";
    private static final String LOCK = "lock";

    private final Path mine;
    private final FileChannel lockFile;
    private final long reserve;

    /**
     * Makes the folder and removes those of dead workers.
     *
     * @throws UncheckedIOException if the scratch folder cannot be used
     */
    @Inject
    public ScratchFolder(ScratchConfig config) {
        try {
            Path root = Files.createDirectories(config.path().toAbsolutePath());
            removeLeftovers(root);
            // Locked before it gets the name that others look for, so nobody can take it for a dead one's.
            Path unborn = Files.createDirectory(root.resolve("new-" + UUID.randomUUID()));
            lockFile = FileChannel.open(unborn.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lockFile.lock();
            mine = Files.move(
                    unborn,
                    root.resolve(PREFIX + unborn.getFileName().toString().substring(4)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use the scratch folder " + config.path(), e);
        }
        this.reserve = config.reserve().asLongValue();
    }

    /** Makes a new folder for an attempt or a cache. */
    public Path create(String name) {
        try {
            return Files.createDirectory(mine.resolve(name));
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.OUT_OF_SPACE, "Cannot make a scratch folder: " + e, e);
        }
    }

    /** Deletes all that is in a folder. */
    public void empty(Path folder) {
        delete(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.OUT_OF_SPACE, "Cannot make a scratch folder: " + e, e);
        }
    }

    /** Deletes a folder and all that is in it; an absent one is fine. What cannot be deleted is logged and left. */
    public void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(ScratchFolder::deleteFile);
        } catch (NoSuchFileException e) {
            LOG.tracef("Nothing to delete at %s", folder);
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("Cannot clean up %s: %s", folder, e);
        }
    }

    /**
     * Returns if this many bytes can be written without using up the reserve.
     *
     * @throws AttemptFailedException with {@link FailureCode#OUT_OF_SPACE} if not
     */
    public void requireSpace(long bytes) {
        long usable;
        try {
            usable = Files.getFileStore(mine).getUsableSpace();
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.OUT_OF_SPACE, "Cannot use the scratch folder: " + e, e);
        }
        if (usable - reserve < bytes) {
            throw new AttemptFailedException(
                    FailureCode.OUT_OF_SPACE,
                    "The task may need " + bytes + " bytes of scratch space; " + usable + " are free and " + reserve
                            + " of them are kept");
        }
    }

    void close(@Observes @Priority(10_000) ShutdownEvent ended) {
        delete(mine);
        try {
            lockFile.close();
        } catch (IOException e) {
            LOG.debugf("Cannot close the lock of %s: %s", mine, e);
        }
    }

    private void removeLeftovers(Path root) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isDead(folder)) {
                    LOG.infof("Removing what a dead worker left in %s", folder);
                    Leftovers.kill(folder);
                    delete(folder);
                }
            }
        }
    }

    private static boolean isDead(Path folder) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
