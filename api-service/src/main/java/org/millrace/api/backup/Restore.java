package org.millrace.api.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.millrace.api.backup.BackupFolder.Listed;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.LocalMediaStore;
import org.millrace.store.MediaStore;
import org.millrace.store.StoredObject;

/**
 * Puts a backup into an installation that has nothing yet. Everything is copied beside where it belongs, and compared with
 * its hash; then the objects and, last, the ledger get their names. One that was broken off is simply begun again.
 */
final class Restore {

    /** Where objects wait, in the media folder, and the ledger, in the data folder. */
    private static final String WAITING = ".restoring";

    /** The first segment of every object's key. */
    private static final String OBJECTS = "v";

    /** The lock that a running service holds. */
    private static final String LOCK = "millrace.lock";

    private final Installation installation;
    private final boolean partly;
    private final PrintStream out;
    private int lost;

    /**
     * One into an installation, which tells how far it is.
     *
     * @param partly whether to restore what is whole of a backup that is not, and to tell what is left out
     */
    Restore(Installation installation, boolean partly, PrintStream out) {
        this.installation = installation;
        this.partly = partly;
        this.out = out;
    }

    /**
     * Restores.
     *
     * @return what was restored, but for {@link #lost}
     * @throws Unable if the installation has something, or the backup is not whole or too new; nothing has changed then
     */
    BackupJson from(Path folder) throws IOException {
        try (BackupFolder backup = BackupFolder.toRead(folder)) {
            BackupJson card = backup.card()
                    .orElseThrow(() -> new Unable("There is no whole backup in " + folder + ": it has no "
                            + BackupFolder.CARD + ", which is written last."));
            if (card.schema() > Version.ofSchema()) {
                throw new Unable("The backup in " + folder + " is one of a newer Millrace (" + card.millrace()
                        + ", tables " + card.schema() + "; this one knows " + Version.ofSchema()
                        + "): use that version.");
            }
            Map<ObjectKey, Listed> list = backup.list(card);
            if (!partly) {
                checkComplete(folder, backup, list);
            }
            Files.createDirectories(installation.home());
            Files.createDirectories(installation.media());
            try (FileChannel lock = FileChannel.open(
                    installation.home().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (lock.tryLock() == null) {
                    throw new Unable("A Millrace uses " + installation.home() + " just now.");
                }
                checkEmpty();
                copy(backup, card, list);
            }
            return card;
        }
    }

    /** How many objects of the backup were missing or damaged; they were told. */
    int lost() {
        return lost;
    }

    private void checkComplete(Path folder, BackupFolder backup, Map<ObjectKey, Listed> list) throws IOException {
        List<ObjectKey> missing = new ArrayList<>();
        for (Map.Entry<ObjectKey, Listed> object : list.entrySet()) {
            if (backup.size(object.getKey(), object.getValue()).isEmpty()) {
                missing.add(object.getKey());
            }
        }
        if (!missing.isEmpty()) {
            throw new Unable("The backup in " + folder + " is not whole: " + missing.size() + " objects are missing, "
                    + missing.getFirst() + " is the first. With --partly the rest is restored.");
        }
    }

    private void checkEmpty() throws IOException {
        Path media = installation.media();
        Set<String> nothing = Set.of(LOCK, WAITING, WAITING + ".db", "lost+found");
        for (Path folder : List.of(installation.home(), media)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    if (!nothing.contains(file.getFileName().toString()) && !media.startsWith(file)) {
                        throw new Unable("There is something in " + folder + " already (" + file.getFileName()
                                + "): set MILLRACE_HOME to a folder that is empty or missing.");
                    }
                }
            }
        }
        if (Files.exists(installation.database())) {
            throw new Unable("There is a library already: " + installation.database() + ".");
        }
    }

    private void copy(BackupFolder backup, BackupJson card, Map<ObjectKey, Listed> list) throws IOException {
        Path waiting = installation.media().resolve(WAITING);
        Path ledger = installation.home().resolve(WAITING + ".db");
        boolean whole = false;
        try {
            remove(waiting);
            MediaStore objects = new LocalMediaStore(waiting, Clock.systemUTC());
            checkRoom(card, objects.freeBytes().orElse(Long.MAX_VALUE));
            try (InputStream in = backup.read(card.database())) {
                Files.copy(in, ledger, StandardCopyOption.REPLACE_EXISTING);
            }
            out.println("Copying " + list.size() + " objects, " + Progress.amount(card.bytes()) + ".");
            Progress progress = new Progress(out, card.bytes());
            for (Map.Entry<ObjectKey, Listed> object : list.entrySet()) {
                progress.add(copy(backup, object.getKey(), object.getValue(), objects));
            }
            whole = true;
        } finally {
            if (!whole) {
                remove(waiting);
                Files.deleteIfExists(ledger);
            }
        }
        name(waiting, ledger);
    }

    private void checkRoom(BackupJson card, long free) {
        long needed = card.bytes() + card.database().bytes();
        if (needed > free) {
            throw new Unable("The backup needs " + Progress.amount(needed) + ", and there are " + Progress.amount(free)
                    + " free.");
        }
    }

    private long copy(BackupFolder backup, ObjectKey key, Listed listed, MediaStore objects) throws IOException {
        boolean there = backup.size(key, listed).isPresent();
        if (there) {
            StoredObject stored = objects.put(key, backup.file(key, listed));
            if (stored.sha256().equals(Optional.of(listed.hash()))) {
                return stored.size();
            }
            objects.delete(key);
        }
        if (!partly) {
            throw new Unable("The backup is damaged: " + backup.file(key, listed)
                    + " is not what was written. With --partly the rest is restored.");
        }
        out.println("LOST   " + key + (there ? " is not what was written." : " is missing."));
        lost++;
        return 0;
    }

    /** The ledger last: without it there is no library, and what was broken off before can be begun again. */
    private void name(Path waiting, Path ledger) throws IOException {
        Path objects = waiting.resolve(OBJECTS);
        if (Files.exists(objects)) {
            Files.move(objects, installation.media().resolve(OBJECTS), StandardCopyOption.ATOMIC_MOVE);
        }
        remove(waiting);
        sync(installation.media());
        sync(ledger);
        Files.move(ledger, installation.database(), StandardCopyOption.ATOMIC_MOVE);
        sync(installation.database().getParent());
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
