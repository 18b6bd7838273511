package org.millrace.api.upload;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.api.ledger.NewUpload;
import org.millrace.api.ledger.UploadLedger;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.library.UploadWays;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.store.DirectUploads;
import org.millrace.store.MediaStore;
import org.millrace.store.NoSuchObjectException;
import org.millrace.store.WrongPartsException;

/**
 * Uploads whose bytes go from the sender to the store without passing through here. The ledger has them as it has all
 * others, so they expire, are given up and become videos in the same way; what has arrived is known to the store alone.
 */
@ApplicationScoped
class DirectIntake implements UploadWays {

    /** How long an address is good: enough for a part over a slow line, too little to be passed around. */
    static final Duration VALIDITY = Duration.ofMinutes(15);

    private static final long USUAL_PART = 16L << 20;

    private static final long MEBIBYTE = 1L << 20;

    private final Uploads uploads;
    private final UploadLedger ledger;
    private final MediaStore store;
    private final UploadConfig config;

    DirectIntake(Uploads uploads, UploadLedger ledger, MediaStore store, UploadConfig config) {
        this.uploads = uploads;
        this.ledger = ledger;
        this.store = store;
        this.config = config;
    }

    /** Whether senders may bring bytes to the store by themselves: the settings allow it and the store can do it. */
    @Override
    public boolean isDirect() {
        return config.direct() && store.direct().isPresent();
    }

    /**
     * Begins an upload.
     *
     * @throws ProblemException if it is too large or there is no room for it
     */
    UploadRow announce(NewUpload upload) {
        return uploads.announce(upload, direct()::begin);
    }

    /** How far it is. */
    DirectUploading look(UploadRow upload) {
        List<DirectUploads.Sent> parts = parts(upload.length);
        return new DirectUploading(
                upload.id,
                upload.length,
                partBytes(upload.length),
                parts.size(),
                upload.done ? parts : sent(upload),
                upload.expiresAt,
                upload.done ? upload.videoId : null);
    }

    /** Where to send some of its parts. */
    List<DirectUploading.Address> addresses(UploadRow upload, List<Integer> numbers) {
        List<DirectUploads.Sent> parts = parts(upload.length);
        List<DirectUploading.Address> addresses = new ArrayList<>();
        for (int number : numbers) {
            if (number < 1 || number > parts.size()) {
                throw new ProblemException(ErrorCode.INVALID_VALUE, "Parts are numbered 1 to " + parts.size() + ".");
            }
            long length = parts.get(number - 1).size();
            String url = finding(() -> direct().partAddress(upload.source(), number, length, VALIDITY))
                    .toString();
            addresses.add(new DirectUploading.Address(number, length, url));
        }
        ledger.keepAlive(upload.uploadId(), config.expiresAfter());
        return addresses;
    }

    /**
     * Makes a video of it. Repeating it is fine.
     *
     * @throws ProblemException if parts are missing
     */
    void complete(UploadRow upload) {
        if (upload.done) {
            return;
        }
        try {
            finding(() -> direct().complete(upload.source(), parts(upload.length)));
        } catch (WrongPartsException e) {
            throw new ProblemException(
                    ErrorCode.PARTS_MISSING,
                    sent(upload).size() + " of " + parts(upload.length).size() + " parts have arrived.");
        }
        uploads.complete(upload);
    }

    private List<DirectUploads.Sent> sent(UploadRow upload) {
        try {
            return direct().sent(upload.source());
        } catch (NoSuchObjectException e) {
            // The store has put the parts together, and the ledger has not heard of it yet.
            return store.stat(upload.source())
                    .filter(object -> object.size() == upload.length)
                    .map(object -> parts(upload.length))
                    .orElseThrow(() -> new ProblemException(ErrorCode.UPLOAD_NOT_FOUND));
        }
    }

    private DirectUploads direct() {
        return store.direct().orElseThrow(() -> new ProblemException(ErrorCode.DIRECT_UPLOADS_CLOSED));
    }

    private interface Finding<T> {
        T run();
    }

    /** An upload of another kind, or one that was given up meanwhile, is none of these. */
    private static <T> T finding(Finding<T> call) {
        try {
            return call.run();
        } catch (NoSuchObjectException e) {
            throw new ProblemException(ErrorCode.UPLOAD_NOT_FOUND);
        }
    }

    /** The parts of a file of this length, as they have to arrive. */
    static List<DirectUploads.Sent> parts(long length) {
        long size = partBytes(length);
        return IntStream.rangeClosed(1, Math.toIntExact(Math.ceilDiv(length, size)))
                .mapToObj(number -> new DirectUploads.Sent(number, Math.min(size, length - (number - 1) * size)))
                .toList();
    }

    private static long partBytes(long length) {
        long least = Math.ceilDiv(length, (long) DirectUploads.MOST_PARTS);
        return Math.max(USUAL_PART, Math.ceilDiv(least, MEBIBYTE) * MEBIBYTE);
    }
}
