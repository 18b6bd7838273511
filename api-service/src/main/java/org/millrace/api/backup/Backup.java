package org.millrace.api.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.api.backup.BackupFolder.Listed;
import org.millrace.api.backup.LedgerFile.Video;
import org.millrace.api.backup.Moment.Kept;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;

/**
 * Copies an installation that may be working meanwhile, as it is at one {@link Moment}. What belongs to that moment is noted
 * while services delete nothing, which takes some seconds: the ledger is copied, and every object that the backup does not
 * have yet gets a second name. The bytes are copied afterwards, from those names, whatever is deleted.
 */
final class Backup {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss-SSS'z'").withZone(ZoneOffset.UTC);

    private final Installation installation;
    private final PrintStream out;

    /** One of an installation, which tells how far it is. */
    Backup(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
    }

    /**
     * Makes the backup.
     *
     * @param folder empty, missing, or with an older backup of the same installation, of which only what is new is copied
     * @return what is in the folder now
     * @throws Unable if there is a reason that the operator can do something about; an older backup is still whole
     */
    BackupJson into(Path folder) throws IOException, SQLException {
        if (!Files.isRegularFile(installation.database())) {
            throw new Unable("There is no library in " + installation.home() + ": set MILLRACE_HOME.");
        }
        try (BackupTarget target = BackupTarget.open(folder);
                FileChannel lock = BackupHold.open(installation.media())) {
            if (!BackupHold.onlyOne(lock)) {
                throw new Unable("Another backup of " + installation.home() + " is being made just now.");
            }
            BackupFolder before = target.before();
            Map<ObjectKey, Kept> kept = kept(before);
            try (Links links = Links.in(installation.media())) {
                Path ledger = target.temporary("ledger");
                Moment moment = Moment.note(installation, ledger, lock, kept, links);
                return copy(moment, ledger, links, kept, target);
            }
        }
    }

    /** What an older backup has; asked before services have to wait, because its disk may be slow. */
    private Map<ObjectKey, Kept> kept(BackupFolder before) throws IOException {
        BackupJson last = before.card().orElse(null);
        if (last == null) {
            return Map.of();
        }
        if (!installation.home().toString().equals(last.home())) {
            throw new Unable("The backup that is there is one of " + last.home() + ", not of " + installation.home()
                    + ": name another folder.");
        }
        Map<ObjectKey, Kept> kept = new HashMap<>();
        for (Map.Entry<ObjectKey, Listed> object : list(before, last).entrySet()) {
            OptionalLong size = before.size(object.getKey(), object.getValue());
            if (size.isPresent()) {
                kept.put(object.getKey(), new Kept(size.getAsLong(), object.getValue()));
            }
        }
        return kept;
    }

    private Map<ObjectKey, Listed> list(BackupFolder before, BackupJson last) throws IOException {
        try {
            return before.list(last);
        } catch (Unable e) {
            out.println(e.getMessage() + " Everything is copied again.");
            return Map.of();
        }
    }

    private BackupJson copy(Moment moment, Path ledger, Links links, Map<ObjectKey, Kept> kept, BackupTarget target)
            throws IOException, SQLException {
        long needed = links.bytes() + Files.size(ledger);
        if (needed > target.freeBytes()) {
            throw new Unable("The backup needs " + Progress.amount(needed) + " more, and there are "
                    + Progress.amount(target.freeBytes()) + " free: name a folder on another disk, or make room.");
        }
        String stamp = STAMP.format(moment.taken());
        BackupJson.File database = target.put("ledger-" + stamp + ".db", ledger);
        Files.delete(ledger);

        out.println("Copying " + links.all().size() + " new objects, " + Progress.amount(links.bytes()) + ".");
        Progress progress = new Progress(out, links.bytes());
        List<String> faults = new ArrayList<>(moment.faults());
        Map<ObjectKey, Listed> list = BackupFolder.inOrder();
        for (Map.Entry<ObjectKey, Long> object : moment.objects().entrySet()) {
            ObjectKey key = object.getKey();
            Path link = links.all().get(key);
            // What the older backup lists stays as it is, until this one has taken its place.
            String folder = kept.containsKey(key) ? BackupFolder.MEDIA + "-" + stamp : BackupFolder.MEDIA;
            Listed listed = link == null ? kept.get(key).listed() : target.put(folder, key, link);
            String written = moment.hashes().get(key);
            if (written != null && !written.equals(listed.hash())) {
                faults.add(key + " is not what was written: its hash differs.");
            }
            list.put(key, listed);
            progress.add(link == null ? 0 : object.getValue());
        }
        BackupJson card = new BackupJson(
                BackupJson.FORMAT,
                Version.ofProgram(),
                moment.schema(),
                installation.home().toString(),
                moment.taken().toString(),
                database,
                target.put("objects-" + stamp + ".sha256", list),
                moment.videos().size(),
                moment.unfinished(),
                moment.uploadsLeftOut(),
                list.size(),
                moment.objects().values().stream().mapToLong(Long::longValue).sum(),
                faults);
        target.finish(card);
        target.prune(card, list);
        tellDeleted(moment);
        return card;
    }

    private void tellDeleted(Moment moment) throws SQLException {
        Set<VideoId> left;
        try (LedgerFile ledger = LedgerFile.open(installation.database())) {
            left = ledger.videos().stream().map(Video::id).collect(Collectors.toSet());
        }
        moment.videos().stream()
                .filter(video -> !left.contains(video.id()))
                .forEach(video -> out.println("Deleted meanwhile, and still in this backup: " + video.name()));
    }
}
