package org.millrace.api.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.millrace.api.backup.BackupFolder.Listed;
import org.millrace.api.backup.LedgerFile.Published;
import org.millrace.api.backup.LedgerFile.Video;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.LocalMediaStore;
import org.millrace.store.MediaStore;
import org.millrace.store.ObjectInfo;

/**
 * What an installation consists of at one moment. Objects are those of the videos that the ledger knows, even if it does
 * not name them: what is being made needs more than what is published.
 *
 * @param taken when
 * @param schema version of the ledger's tables
 * @param uploadsLeftOut uploads that were half way, which the copied ledger has forgotten: only their senders have all of
 *     their bytes
 * @param videos all of them
 * @param objects the length of each object
 * @param hashes what the ledger says of some of them
 * @param faults a sentence for each object that the ledger names and that is missing or too short or too long
 */
record Moment(
        Instant taken,
        int schema,
        int uploadsLeftOut,
        List<Video> videos,
        Map<ObjectKey, Long> objects,
        Map<ObjectKey, String> hashes,
        List<String> faults) {

    /**
     * An object that the backup has already.
     *
     * @param size its length there
     * @param listed where it is, and the hash of its bytes as they were copied
     */
    record Kept(long size, Listed listed) {}

    /**
     * Notes it while services delete nothing.
     *
     * @param copy where the copy of the ledger is written
     * @param lock that of the {@link BackupHold}
     * @param kept what is in the backup already
     * @param links gets a second name of everything else
     */
    static Moment note(Installation installation, Path copy, FileChannel lock, Map<ObjectKey, Kept> kept, Links links)
            throws IOException, SQLException {
        FileLock hold = BackupHold.hold(lock);
        try {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            try (LedgerFile ledger = LedgerFile.open(installation.database())) {
                ledger.copyTo(copy);
            }
            try (LedgerFile ledger = LedgerFile.open(copy)) {
                int leftOut = ledger.forgetUploads();
                List<Video> videos = ledger.videos();
                Set<ObjectKey> garbage = ledger.garbage();
                Map<ObjectKey, Published> needed = needed(videos, ledger.published(), garbage);
                Map<ObjectKey, Long> there = there(installation, videos, garbage);
                Moment moment = new Moment(
                        now, ledger.schema(), leftOut, videos, new HashMap<>(), hashes(needed), new ArrayList<>());
                moment.compare(needed, there, kept);
                moment.link(there, needed.keySet(), kept, links, installation.media());
                return moment;
            }
        } finally {
            hold.release();
        }
    }

    /** How many videos are being made. */
    int unfinished() {
        return (int) videos.stream().filter(Video::unfinished).count();
    }

    /** What cannot be had any more is kept as the backup has it: that may be the last copy. */
    private void compare(Map<ObjectKey, Published> needed, Map<ObjectKey, Long> there, Map<ObjectKey, Kept> kept) {
        Map<VideoId, String> names = new HashMap<>();
        videos.forEach(video -> names.put(video.id(), video.name()));
        needed.forEach((key, object) -> {
            Long size = there.get(key);
            if (Long.valueOf(object.sizeBytes()).equals(size)) {
                return;
            }
            String fault = names.get(object.video()) + ": " + key
                    + (size == null ? " is missing" : " has " + size + " bytes instead of " + object.sizeBytes());
            if (isKept(key, object.sizeBytes(), kept)) {
                objects.put(key, object.sizeBytes());
                there.remove(key);
                fault += "; this backup has it";
            }
            faults.add(fault + ".");
        });
    }

    private void link(
            Map<ObjectKey, Long> there, Set<ObjectKey> needed, Map<ObjectKey, Kept> kept, Links links, Path media)
            throws IOException {
        for (Map.Entry<ObjectKey, Long> object : there.entrySet()) {
            ObjectKey key = object.getKey();
            if (isKept(key, object.getValue(), kept) || links.keep(key, media.resolve(key.value()))) {
                objects.put(key, object.getValue());
            } else if (needed.contains(key)) {
                faults.add(key + " went while the backup was made.");
            }
        }
    }

    private boolean isKept(ObjectKey key, long size, Map<ObjectKey, Kept> kept) {
        Kept before = kept.get(key);
        String hash = hashes.get(key);
        return before != null
                && before.size() == size
                && (hash == null || hash.equals(before.listed().hash()));
    }

    /** What the ledger names, by its key: published objects, and sources as long as they are kept. */
    private static Map<ObjectKey, Published> needed(
            List<Video> videos, List<Published> published, Set<ObjectKey> garbage) {
        Map<ObjectKey, Published> needed = new LinkedHashMap<>();
        for (Video video : videos) {
            if (video.source() != null) {
                needed.put(video.source(), new Published(video.id(), video.source(), video.sourceBytes(), null));
            }
        }
        published.forEach(object -> needed.put(object.key(), object));
        needed.keySet().removeIf(key -> isGarbage(key, garbage));
        return needed;
    }

    private static Map<ObjectKey, String> hashes(Map<ObjectKey, Published> needed) {
        Map<ObjectKey, String> hashes = new HashMap<>();
        needed.forEach((key, object) -> {
            if (object.sha256() != null) {
                hashes.put(key, object.sha256());
            }
        });
        return hashes;
    }

    private static Map<ObjectKey, Long> there(Installation installation, List<Video> videos, Set<ObjectKey> garbage) {
        MediaStore store = new LocalMediaStore(installation.media(), Clock.systemUTC());
        Map<ObjectKey, Long> there = new LinkedHashMap<>();
        for (Video video : videos) {
            try (Stream<ObjectInfo> objects = store.list(MediaLayout.video(video.id()))) {
                objects.filter(object -> !isGarbage(object.key(), garbage))
                        .forEach(object -> there.put(object.key(), object.size()));
            }
        }
        return there;
    }

    private static boolean isGarbage(ObjectKey key, Set<ObjectKey> garbage) {
        String value = key.value();
        for (int end = value.length(); end > 0; end = value.lastIndexOf('/', end - 1)) {
            if (garbage.contains(new ObjectKey(value.substring(0, end)))) {
                return true;
            }
        }
        return false;
    }
}
