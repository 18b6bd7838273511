package org.millrace.api.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.millrace.api.backup.BackupHold;
import org.millrace.api.ledger.DutyLedger;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.SetLedger;
import org.millrace.model.id.WorkerId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.task.StoredFile;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;

/** Writes the manifest of every set that is finished and has none, or whose poster was replaced. */
@ApplicationScoped
class Manifests {

    private static final Logger LOG = Logger.getLogger(Manifests.class);

    private static final String DUTY = "manifests";
    private static final Duration HOLD = Duration.ofMinutes(1);

    private final SetLedger sets;
    private final DutyLedger duties;
    private final MediaStore store;
    private final BackupHold backup;
    private final Hashes hashes;
    private final ObjectMapper json;
    private final Clock clock;
    private final String holder = WorkerId.random().value();

    Manifests(
            SetLedger sets,
            DutyLedger duties,
            MediaStore store,
            BackupHold backup,
            Hashes hashes,
            ObjectMapper json,
            Clock clock) {
        this.sets = sets;
        this.duties = duties;
        this.store = store;
        this.backup = backup;
        this.hashes = hashes;
        this.json = json;
        this.clock = clock;
    }

    @Scheduled(every = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void writeMissing() {
        List<SetLedger.Finished> missing = sets.withoutManifest();
        // Of two replicas one writes: the other's words would replace those whose hash is noted.
        if (missing.isEmpty() || !duties.hold(DUTY, holder, HOLD)) {
            return;
        }
        for (SetLedger.Finished set : missing) {
            try {
                write(set);
            } catch (MediaStoreException | JsonProcessingException e) {
                LOG.warnf("The manifest of video %s cannot be written yet: %s", set.video(), e.getMessage());
            }
        }
    }

    private void write(SetLedger.Finished set) throws JsonProcessingException {
        List<PublishedRow> rows = sets.objects(set.video(), set.set());
        for (PublishedRow row : rows) {
            if (row.sha256 == null) {
                row.sha256 = hashes.of(row.object());
            }
        }
        byte[] bytes = json.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(ManifestJson.of(set.video().value(), set.set(), clock.instant(), rows));
        ObjectKey key = MediaLayout.set(set.video(), set.set()).child("manifest.json");
        List<PublishedRow> described = sets.objects(set.video(), set.set());
        // A manifest is the one object that may be replaced; whoever is held by a backup comes again.
        backup.unlessHeld(() -> {
            store.put(key, bytes);
            sets.manifestWritten(
                    set.video(), set.set(), described, new StoredFile(key, bytes.length, Hashes.of(bytes)));
        });
    }
}
