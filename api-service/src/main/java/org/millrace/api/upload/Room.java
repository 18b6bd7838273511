package org.millrace.api.upload;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.millrace.api.account.Quota;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Sizes;
import org.millrace.model.id.UploadId;
import org.millrace.store.MediaStore;

/**
 * The room for uploads: what is free in the store less what has been promised to uploads that are under way, and what the
 * {@link Quota} leaves. A file that will not fit is refused before its first byte.
 */
@ApplicationScoped
class Room {

    private final MediaStore store;
    private final UploadConfig config;
    private final Quota quota;

    /** Bytes that are still to come, by whoever they were promised to. */
    private final ConcurrentMap<Object, Long> promised = new ConcurrentHashMap<>();

    Room(MediaStore store, UploadConfig config, Quota quota) {
        this.store = store;
        this.config = config;
        this.quota = quota;
    }

    /** The largest file that is accepted, in bytes. */
    long largest() {
        return config.maxSize().asLongValue();
    }

    /**
     * Promises room for a file.
     *
     * @param claimant whoever sends it; to be told to {@link #arrived} and {@link #release}
     * @throws ProblemException if it is too large or there is no room for it
     */
    synchronized void claim(Object claimant, long bytes) {
        if (bytes > largest()) {
            throw tooLarge();
        }
        if (bytes > available()) {
            throw full();
        }
        promised.put(claimant, bytes);
    }

    /**
     * How far a form may go whose length is not known.
     *
     * @param bytes how many its file may have
     * @param refusal what it is told beyond
     */
    record Bound(long bytes, ProblemException refusal) {}

    /**
     * Promises room for a form, of which the ledger knows nothing until it is here.
     *
     * @param declared bytes of its file; 0 if it does not say
     * @throws ProblemException if it is too large or there is no room for it
     */
    synchronized Bound claimForm(Object claimant, long declared) {
        if (declared > largest()) {
            throw tooLarge();
        }
        long others = formBytes();
        quota.admitUpload(declared, others);
        long available = available();
        claim(claimant, declared);
        Optional<Quota.Standing> standing = quota.standing(others);
        if (standing.isPresent() && standing.get().left() < available) {
            return new Bound(standing.get().left(), standing.get().refusal("This file has more than that"));
        }
        return new Bound(available, available < largest() ? full() : tooLarge());
    }

    /** Bytes that are still promised to forms. */
    long formBytes() {
        return promised.entrySet().stream()
                .filter(promise -> !(promise.getKey() instanceof UploadId))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Notes that so many bytes of a promise are still to come. */
    void arrived(Object claimant, long stillToCome) {
        promised.computeIfPresent(claimant, (same, before) -> stillToCome);
    }

    /** Takes up a promise that an earlier process made, or another one keeps. */
    void remember(Object claimant, long stillToCome) {
        promised.put(claimant, stillToCome);
    }

    /**
     * Ends the promises to uploads that another process has brought to their end. One that is being made now may be
     * forgotten for as long as until it is remembered.
     */
    void keepOnly(Set<UploadId> running) {
        promised.keySet().removeIf(claimant -> claimant instanceof UploadId && !running.contains(claimant));
    }

    /** Whether bytes of a promise are known to be still to come. */
    boolean expects(Object claimant) {
        return promised.getOrDefault(claimant, 0L) > 0;
    }

    /** Ends a promise; an absent one is fine. */
    void release(Object claimant) {
        promised.remove(claimant);
    }

    /** Bytes that can still be promised; never more than the largest file. */
    synchronized long available() {
        OptionalLong free = store.freeBytes();
        if (free.isEmpty()) {
            return largest();
        }
        BigInteger left = BigInteger.valueOf(free.getAsLong())
                .subtract(BigInteger.valueOf(config.keepFree().asLongValue()));
        for (long bytes : promised.values()) {
            left = left.subtract(BigInteger.valueOf(bytes));
        }
        return left.max(BigInteger.ZERO).min(BigInteger.valueOf(largest())).longValueExact();
    }

    /** The refusal of a file that is larger than any that is accepted. */
    ProblemException tooLarge() {
        return new ProblemException(
                ErrorCode.UPLOAD_TOO_LARGE, "This server accepts files of up to " + Sizes.words(largest()) + ".");
    }

    /** The refusal of a file for which there is no room now. */
    ProblemException full() {
        return new ProblemException(
                ErrorCode.STORAGE_FULL,
                "The server has room for " + Sizes.words(available()) + " more; this file needs more than that.");
    }
}
