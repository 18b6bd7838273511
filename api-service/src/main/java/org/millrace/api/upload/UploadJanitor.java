package org.millrace.api.upload;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.Database;
import org.millrace.api.ledger.UploadLedger;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.problem.ProblemException;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;

/**
 * Puts right what a crash or a sender that never came back has left: uploads whose bytes are all there become videos,
 * those that have waited too long are removed, and so are files of forms that never ended.
 */
@ApplicationScoped
class UploadJanitor {

    private static final Logger LOG = Logger.getLogger(UploadJanitor.class);
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final UploadLedger ledger;
    private final Uploads uploads;
    private final Room room;
    private final MediaStore store;
    private final Database database;
    private final Clock clock;
    private final Path forms;

    UploadJanitor(
            UploadLedger ledger,
            Uploads uploads,
            Room room,
            MediaStore store,
            Database database,
            Clock clock,
            Config config) {
        this.ledger = ledger;
        this.uploads = uploads;
        this.room = room;
        this.store = store;
        this.database = database;
        this.clock = clock;
        this.forms = config.getValue("quarkus.http.body.uploads-directory", Path.class);
    }

    /**
     * No request runs yet: whatever form files there are belong to nobody. Where there are replicas, those of the others
     * may lie in the same folder; what nobody has written to for a day is nobody's there.
     */
    void sweepForms(@Observes StartupEvent started) {
        if (Files.notExists(forms)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(forms, "resteasy-reactive*upload")) {
            for (Path file : left) {
                if (!database.isShared() || isOld(file)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            LOG.warnf(e, "Cannot remove what broken uploads have left in %s", forms);
        }
    }

    private boolean isOld(Path file) throws IOException {
        return Files.getLastModifiedTime(file)
                .toInstant()
                .isBefore(clock.instant().minus(ABANDONED));
    }

    /** Both rounds; the first one soon after the start. */
    @Scheduled(identity = "uploads", every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tidy() {
        expire();
        heal();
    }

    /** Removes uploads that have waited too long. */
    void expire() {
        for (UploadRow upload : ledger.removeExpired()) {
            room.release(upload.uploadId());
            try {
                store.abortAppend(upload.source());
            } catch (MediaStoreException e) {
                LOG.warnf(e, "The bytes of upload %s stay until the next round", upload.id);
            }
            LOG.infof("Upload %s was given up: no bytes came for too long", upload.id);
        }
    }

    /**
     * Makes videos of uploads that are complete, and learns how much room the others need: those that an earlier process
     * began, or other replicas go on with.
     */
    void heal() {
        List<UploadRow> running = ledger.running();
        if (database.isShared()) {
            room.keepOnly(running.stream().map(UploadRow::uploadId).collect(Collectors.toSet()));
        }
        for (UploadRow upload : running) {
            if (!database.isShared() && room.expects(upload.uploadId())) {
                continue;
            }
            try {
                long offset = uploads.offset(upload);
                if (offset == upload.length) {
                    uploads.complete(upload);
                    LOG.infof("Upload %s was complete and is video %s now", upload.id, upload.videoId);
                } else {
                    room.remember(upload.uploadId(), upload.length - offset);
                }
            } catch (ProblemException | MediaStoreException e) {
                LOG.debugf(e, "Upload %s stays as it is", upload.id);
            }
        }
    }
}
