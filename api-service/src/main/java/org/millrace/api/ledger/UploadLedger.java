package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.millrace.model.id.UploadId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;

/**
 * The ledger's uploads: announced, kept alive, given up. {@link VideoLedger#accept} completes them. Each call is one
 * transaction.
 */
@ApplicationScoped
public class UploadLedger {

    /** A sender who has not heard that an upload is over may still write; what arrives goes in a second round. */
    private static final Duration SECOND_ROUND = Duration.ofHours(1);

    private final Transactions transactions;
    private final Clock clock;

    UploadLedger(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Notes an upload and decides which video it is to become.
     *
     * @param id new and random
     * @param lifetime how long it may wait for its next bytes
     */
    public UploadRow announce(UploadId id, NewUpload upload, Duration lifetime) {
        return transactions.write(() -> {
            Instant now = clock.instant();
            UploadRow row = new UploadRow();
            row.id = id.value();
            row.owner = upload.owner();
            row.length = upload.length();
            row.metadata = upload.metadata();
            row.fileName = upload.fileName();
            row.title = upload.title();
            row.preset = upload.wishes().preset();
            row.normalise = upload.wishes().normalise();
            row.createdAt = now;
            row.expiresAt = now.plus(lifetime);
            row.videoId = VideoId.random().value();
            row.persist();
            return row;
        });
    }

    /** An upload as it stands now; empty if there is none. */
    public Optional<UploadRow> find(UploadId upload) {
        return transactions.read(() -> UploadRow.<UploadRow>findByIdOptional(upload.value()));
    }

    /** Every upload that is not a video yet, oldest first; expired ones too, until they are removed. */
    public List<UploadRow> running() {
        return transactions.read(() -> UploadRow.list("done = false order by createdAt, id"));
    }

    /**
     * Lets an upload wait for its next bytes from now on.
     *
     * @return when it will be given up; empty if there is no such upload
     */
    public Optional<Instant> keepAlive(UploadId upload, Duration lifetime) {
        return transactions.write(() -> {
            UploadRow row = UploadRow.findById(upload.value());
            if (row == null) {
                return Optional.empty();
            }
            row.expiresAt = clock.instant().plus(lifetime);
            return Optional.of(row.expiresAt);
        });
    }

    /** Forgets an upload; its bytes follow unless they have become a video. An absent one is fine. */
    public void remove(UploadId upload) {
        transactions.write(() -> {
            UploadRow row = UploadRow.findById(upload.value());
            if (row != null) {
                giveUp(row, clock.instant());
            }
            return null;
        });
    }

    /**
     * Forgets the uploads that have waited too long.
     *
     * @return those that had not become a video
     */
    public List<UploadRow> removeExpired() {
        return transactions.write(() -> {
            Instant now = clock.instant();
            List<UploadRow> expired = UploadRow.list("expiresAt < ?1", now);
            expired.forEach(row -> giveUp(row, now));
            return expired.stream().filter(row -> !row.done).toList();
        });
    }

    private void giveUp(UploadRow row, Instant now) {
        if (!row.done) {
            GarbageRow.note(MediaLayout.video(row.video()), now);
            GarbageRow.note(MediaLayout.video(row.video()), now.plus(SECOND_ROUND));
        }
        row.delete();
    }
}
