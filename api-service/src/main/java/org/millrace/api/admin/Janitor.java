package org.millrace.api.admin;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.millrace.api.backup.BackupHold;
import org.millrace.api.ledger.GarbageLedger;
import org.millrace.api.ledger.GarbageNoted;
import org.millrace.api.ledger.GarbageRow;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;

/** Deletes from the media store what the ledger has noted as garbage. A store that is away is tried again later. */
@ApplicationScoped
class Janitor {

    private static final Logger LOG = Logger.getLogger(Janitor.class);
    private static final int BATCH = 100;
    private static final Duration STALE = Duration.ofDays(1);

    private final GarbageLedger garbage;
    private final MediaStore store;
    private final BackupHold backup;

    Janitor(GarbageLedger garbage, MediaStore store, BackupHold backup) {
        this.garbage = garbage;
        this.store = store;
        this.backup = backup;
    }

    /** At once, on a thread of its own: space is being waited for. */
    void on(@Observes GarbageNoted noted) {
        Thread.ofVirtual().name("janitor").start(this::tidy);
    }

    @Scheduled(every = "2s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void tidy() {
        for (GarbageRow row : garbage.due(BATCH)) {
            try {
                if (!backup.unlessHeld(() -> store.deletePrefix(new ObjectKey(row.objectKey)))) {
                    return;
                }
                garbage.gone(row);
            } catch (MediaStoreException e) {
                LOG.warnf("%s could not be deleted yet: %s", row.objectKey, e.getMessage());
                return;
            }
        }
    }

    /** What writers that died have left behind. */
    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        store.sweep(STALE);
    }
}
