package org.millrace.api.admin;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.LeftoverLedger;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;
import org.millrace.store.ObjectInfo;

/**
 * Deletes what workers have stored and nobody knows of: whatever they said about it was lost with the data of a broker.
 * Each video is looked at once, when it has been finished for a while, and those of the last days after a start.
 */
@ApplicationScoped
class LeftoverJanitor {

    private static final Logger LOG = Logger.getLogger(LeftoverJanitor.class);
    private static final Duration AT_START = Duration.ofDays(2);
    private static final int BATCH = 100;

    private final LeftoverLedger ledger;
    private final MediaStore store;
    private final JanitorConfig config;
    private final Clock clock;
    private Instant lookedUntil;

    LeftoverJanitor(LeftoverLedger ledger, MediaStore store, JanitorConfig config, Clock clock) {
        this.ledger = ledger;
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.lookedUntil = clock.instant().minus(AT_START);
    }

    @Scheduled(every = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void tidy() {
        Instant until = clock.instant().minus(config.leftoversAfter());
        try {
            List<LeftoverLedger.Settled> batch = ledger.settled(lookedUntil, until, BATCH);
            while (!batch.isEmpty()) {
                batch.forEach(settled -> tidy(settled.video()));
                lookedUntil = batch.getLast().since();
                batch = ledger.settled(lookedUntil, until, BATCH);
            }
        } catch (MediaStoreException e) {
            LOG.warnf("Leftovers stay until the store is back: %s", e.getMessage());
        }
    }

    private void tidy(VideoId video) {
        List<ObjectKey> there;
        try (Stream<ObjectInfo> objects = store.list(MediaLayout.video(video))) {
            there = objects.map(ObjectInfo::key).toList();
        }
        // In this order: what was there before the ledger says that nobody works on the video belongs to nobody.
        List<ObjectKey> leftovers = ledger.leftovers(video, there);
        leftovers.forEach(store::delete);
        if (!leftovers.isEmpty()) {
            LOG.infof("%d objects of video %s were deleted: nothing in the ledger knows them", leftovers.size(), video);
        }
    }
}
