package org.millrace.api.upload;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.millrace.api.account.Quota;
import org.millrace.api.ledger.NewUpload;
import org.millrace.api.ledger.NewVideo;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.UploadLedger;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.model.id.UploadId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;
import org.millrace.store.NoSuchObjectException;

/**
 * Uploads from their announcement to the video. Their bytes go under the key of the video's source from the start;
 * how many are safe is known to the store alone. Everything here can be repeated after a crash at any point.
 */
@ApplicationScoped
class Uploads {

    private final UploadLedger ledger;
    private final VideoLedger videos;
    private final MediaStore store;
    private final Room room;
    private final UploadConfig config;
    private final Quota quota;
    private final Transactions transactions;

    /** Who completes an upload now; for as long as somebody does or waits for it. */
    private final LoadingCache<UploadId, Lock> completing =
            Caffeine.newBuilder().weakValues().build(id -> new ReentrantLock());

    Uploads(
            UploadLedger ledger,
            VideoLedger videos,
            MediaStore store,
            Room room,
            UploadConfig config,
            Quota quota,
            Transactions transactions) {
        this.ledger = ledger;
        this.videos = videos;
        this.store = store;
        this.room = room;
        this.config = config;
        this.quota = quota;
        this.transactions = transactions;
    }

    /**
     * Begins an upload that is sent piece by piece.
     *
     * @throws ProblemException if it is too large or there is no room for it
     */
    UploadRow announce(NewUpload upload) {
        return announce(upload, store::createAppend);
    }

    /**
     * The same for one whose bytes come another way.
     *
     * @param begin makes the store expect them
     */
    UploadRow announce(NewUpload upload, Consumer<ObjectKey> begin) {
        UploadId id = UploadId.random();
        room.claim(id, upload.length());
        try {
            UploadRow row = note(id, upload, room.formBytes());
            begin.accept(row.source());
            return row;
        } catch (RuntimeException e) {
            abandon(id);
            throw e;
        }
    }

    /** Makes a video of a file that is here as a whole already; the file is taken away. */
    VideoId take(NewUpload upload, Path file) {
        UploadId id = UploadId.random();
        // Room was promised to it before its first byte; only another replica can have given that away meanwhile.
        UploadRow row = note(id, upload, 0);
        try {
            store.adopt(row.source(), file);
        } catch (RuntimeException e) {
            abandon(id);
            throw e;
        }
        accept(row);
        return row.video();
    }

    /**
     * How many bytes of an upload are safe.
     *
     * @throws ProblemException if the store has nothing of it
     */
    long offset(UploadRow upload) {
        if (upload.done) {
            return upload.length;
        }
        try {
            return store.durableOffset(upload.source());
        } catch (NoSuchObjectException e) {
            if (store.stat(upload.source()).isPresent()) {
                return upload.length;
            }
            throw new ProblemException(ErrorCode.UPLOAD_NOT_FOUND);
        }
    }

    /**
     * Adds the bytes of one request to an upload. A body that breaks off is kept as far as it came, unless there is a
     * checksum that it would have to match.
     *
     * @param offset where the sender says the upload goes on
     * @param body its bytes
     * @param declared how many there are; empty if the sender did not say
     * @param checksum what they add up to; null if the sender did not say
     * @return how many bytes of the upload are safe now
     */
    long receive(UploadRow upload, long offset, InputStream body, OptionalLong declared, Checksum checksum) {
        long safe = offset(upload);
        if (offset != safe) {
            throw new ProblemException(ErrorCode.WRONG_OFFSET, "The upload goes on at " + safe + ".")
                    .with("Upload-Offset", Long.toString(safe));
        }
        long missing = upload.length - offset;
        if (declared.isPresent() && declared.getAsLong() > missing) {
            throw moreThanAnnounced();
        }
        if (missing == 0) {
            return offset;
        }
        InputStream summed = checksum == null ? body : checksum.over(body, missing);
        long end = store.append(upload.source(), offset, summed, missing);
        room.arrived(upload.uploadId(), upload.length - end);
        boolean whole = declared.isEmpty() || end - offset == declared.getAsLong();
        if (checksum != null && (!whole || !checksum.matches())) {
            drop(upload, offset, end);
            throw new ProblemException(ErrorCode.CHECKSUM_MISMATCH);
        }
        if (declared.isEmpty() && end == upload.length && hasMore(body)) {
            drop(upload, offset, end);
            throw moreThanAnnounced();
        }
        if (!whole) {
            throw new ProblemException(ErrorCode.REQUEST_INCOMPLETE, "The body stopped at " + end + ".")
                    .with("Upload-Offset", Long.toString(end));
        }
        return end;
    }

    /**
     * Makes a video of an upload all of whose bytes are safe. Repeating it is fine, and so is doing it twice at once: a
     * sender's last request may meet the {@link UploadJanitor}, and is no more refused for it than if it had come later.
     *
     * @throws ProblemException if the upload was given up meanwhile
     */
    void complete(UploadRow upload) {
        if (upload.done) {
            return;
        }
        Lock turn = completing.get(upload.uploadId());
        turn.lock();
        try {
            store.finishAppend(upload.source());
            accept(upload);
        } catch (NoSuchObjectException e) {
            throw new ProblemException(ErrorCode.UPLOAD_NOT_FOUND);
        } finally {
            turn.unlock();
        }
    }

    /** Gives an upload up; what has arrived is removed. A video that it has become stays. */
    void abandon(UploadId id) {
        ledger.find(id).ifPresent(row -> {
            ledger.remove(id);
            if (!row.done) {
                store.abortAppend(row.source());
            }
        });
        room.release(id);
    }

    private UploadRow note(UploadId id, NewUpload upload, long besides) {
        return transactions.write(() -> {
            quota.admitUpload(upload.length(), besides);
            return ledger.announce(id, upload, config.expiresAfter());
        });
    }

    private void accept(UploadRow upload) {
        videos.accept(
                new NewVideo(
                        upload.video(),
                        upload.owner,
                        upload.title,
                        upload.fileName,
                        upload.source(),
                        upload.length,
                        upload.wishes()),
                upload.uploadId());
        room.release(upload.uploadId());
        if (ledger.find(upload.uploadId()).isEmpty()) {
            throw new ProblemException(ErrorCode.UPLOAD_NOT_FOUND);
        }
    }

    /**
     * Drops what a request has brought, unless another replica has gone on behind it meanwhile: a sender that is given up
     * for lost there must not tear a hole into what has come since.
     */
    private void drop(UploadRow upload, long offset, long end) {
        if (store.durableOffset(upload.source()) == end) {
            store.truncate(upload.source(), offset);
            room.arrived(upload.uploadId(), upload.length - offset);
        }
    }

    private static boolean hasMore(InputStream body) {
        try {
            return body.read() >= 0;
        } catch (IOException e) {
            // All announced bytes are safe; that the end of the body was not heard changes nothing.
            return false;
        }
    }

    private static ProblemException moreThanAnnounced() {
        return new ProblemException(
                ErrorCode.MORE_THAN_ANNOUNCED, "The request holds more bytes than are missing from the upload.");
    }
}
