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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.millrace.api.backup.LedgerFile.Published;
import org.millrace.api.backup.LedgerFile.Video;
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

    /** Says of an object, by its key, length and what the ledger says of its hash (may be null), whether it is here. */
    interface Here {
        boolean has(ObjectKey key, long size, String hash) throws IOException;
    }

    /**
     * Notes it while services delete nothing.
     *
     * @param copy where the copy of the ledger is written
     * @param lock that of the {@link BackupHold}
     * @param here what is in the backup already
     * @param links gets a second name of everything else
     */
    static Moment note(Installation installation, Path copy, FileChannel lock, Here here, Links links)
            throws IOException, SQLException {
        MediaStore store = new LocalMediaStore(installation.media(), Clock.systemUTC());
        FileLock hold = BackupHold.hold(lock);
        try {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            try (LedgerFile ledger = LedgerFile.open(installation.database())) {
                ledger.copyTo(copy);
            }
            try (LedgerFile ledger = LedgerFile.open(copy)) {
                int leftOut = ledger.forgetUploads();
                List<Video> videos = ledger.videos();
                List<Published> published = ledger.published();
                Set<ObjectKey> garbage = ledger.garbage();
                Map<ObjectKey, String> hashes = new HashMap<>();
                published.stream()
                        .filter(object -> object.sha256() != null)
                        .forEach(object -> hashes.put(object.key(), object.sha256()));
                Map<ObjectKey, Long> objects = new HashMap<>();
                for (Video video : videos) {
                    for (ObjectInfo object : objects(store, video)) {
                        ObjectKey key = object.key();
                        if (!isGarbage(key, garbage)
                                && (here.has(key, object.size(), hashes.get(key))
                                        || links.keep(key, installation.media().resolve(key.value())))) {
                            objects.put(key, object.size());
                        }
                    }
                }
                List<String> faults = faults(videos, published, objects, garbage);
                return new Moment(now, ledger.schema(), leftOut, videos, objects, hashes, faults);
            }
        } finally {
            hold.release();
        }
    }

    /** How many videos are being made. */
    int unfinished() {
        return (int) videos.stream().filter(Video::unfinished).count();
    }

    private static List<ObjectInfo> objects(MediaStore store, Video video) {
        try (Stream<ObjectInfo> objects = store.list(MediaLayout.video(video.id()))) {
            return objects.toList();
        }
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

    private static List<String> faults(
            List<Video> videos, List<Published> published, Map<ObjectKey, Long> objects, Set<ObjectKey> garbage) {
        Map<String, Video> byId = new HashMap<>();
        videos.forEach(video -> byId.put(video.id().value(), video));
        List<Published> needed = new ArrayList<>(published);
        videos.stream()
                .filter(video -> video.source() != null)
                .forEach(video -> needed.add(new Published(video.id(), video.source(), video.sourceBytes(), null)));
        List<String> faults = new ArrayList<>();
        Set<ObjectKey> told = new HashSet<>();
        for (Published object : needed) {
            Long size = objects.get(object.key());
            if (!isGarbage(object.key(), garbage)
                    && !Long.valueOf(object.sizeBytes()).equals(size)
                    && told.add(object.key())) {
                faults.add(byId.get(object.video().value()).name() + ": " + object.key()
                        + (size == null
                                ? " is missing."
                                : " has " + size + " bytes instead of " + object.sizeBytes() + "."));
            }
        }
        return faults;
    }
}
