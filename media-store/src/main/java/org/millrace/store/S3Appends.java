package org.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.millrace.model.key.ObjectKey;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Appends on S3: a multipart upload of the object to be, with state objects beside it that tell any process how far it
 * is. {@link S3AppendState} explains them. Bytes wait in a local file until they fill a part.
 */
final class S3Appends {

    private static final String FOLDER = ".appends/";

    private final S3Bucket bucket;
    private final S3Multipart multipart;
    private final S3Limits limits;
    private final Path staging;
    private final AppendClaims claims = new AppendClaims();

    S3Appends(S3Bucket bucket, S3Multipart multipart, S3Limits limits, Path staging) {
        this.bucket = bucket;
        this.multipart = multipart;
        this.limits = limits;
        this.staging = staging;
    }

    void create(ObjectKey key) {
        if (load(key).begun()) {
            return;
        }
        // An append of this key that was aborted half-way must not lend its parts to the new one.
        bucket.deleteAll(bucket.list(base(key) + ".").map(S3Object::key));
        String upload = multipart.begin(bucket.name(key));
        bucket.put(base(key) + S3AppendState.BEGIN, upload.getBytes(StandardCharsets.UTF_8));
    }

    long durableOffset(ObjectKey key) {
        return existing(key).durable();
    }

    long append(ObjectKey key, long offset, InputStream in, long maxBytes) throws IOException {
        return claims.holding(key, () -> {
            S3AppendState state = existing(key);
            if (offset != state.durable()) {
                throw new WrongOffsetException(key, offset, state.durable());
            }
            forgetOldTails(key, state);
            try (S3Appending appending =
                    new S3Appending(bucket, multipart, limits, staging, key, base(key), upload(key), state)) {
                return appending.run(in, maxBytes);
            }
        });
    }

    /** Returns the new length. */
    long truncate(ObjectKey key, long offset) throws IOException {
        return claims.holding(key, () -> {
            S3AppendState state = existing(key);
            S3AppendState kept = state.upTo(offset);
            if (kept.durable() != offset) {
                throw new WrongOffsetException(key, offset, state.durable());
            }
            // From the end to the beginning: wherever this stops, what remains has no gap.
            state.tails().stream()
                    .filter(tail -> tail.end() > offset)
                    .forEach(tail -> bucket.delete(base(key) + tail.name()));
            List<S3AppendState.Part> dropped = new ArrayList<>(state.parts());
            dropped.removeAll(kept.parts());
            Collections.reverse(dropped);
            dropped.forEach(part -> bucket.delete(base(key) + part.name()));
            return offset;
        });
    }

    /** Makes the append an object; false if there is none. */
    boolean finish(ObjectKey key) throws IOException {
        return claims.holding(key, () -> {
            S3AppendState state = load(key);
            if (!state.begun()) {
                return false;
            }
            String upload = upload(key);
            if (state.durable() == 0) {
                bucket.put(bucket.name(key), new byte[0]);
                multipart.abort(bucket.name(key), upload);
            } else {
                complete(key, upload, state);
            }
            forget(key);
            return true;
        });
    }

    private void complete(ObjectKey key, String upload, S3AppendState state) {
        String name = bucket.name(key);
        try {
            List<CompletedPart> parts = sent(key, upload, state);
            state.tail()
                    .ifPresent(
                            tail -> parts.add(multipart.copy(base(key) + tail.name(), name, upload, parts.size() + 1)));
            multipart.complete(name, upload, parts);
        } catch (NoSuchUploadException e) {
            // Completed already by a process that died before it could forget the append.
            if (bucket.stat(key).filter(info -> info.size() == state.durable()).isEmpty()) {
                throw e;
            }
        }
    }

    /** The parts as the server has them. */
    private List<CompletedPart> sent(ObjectKey key, String upload, S3AppendState state) {
        Map<Integer, Part> listed = multipart.parts(bucket.name(key), upload);
        if (listed.isEmpty() && !state.parts().isEmpty()) {
            // Not every server says so itself when it is asked for the parts of an upload that is gone.
            throw NoSuchUploadException.builder()
                    .message("The upload of " + key + " is gone")
                    .build();
        }
        List<CompletedPart> parts = new ArrayList<>();
        for (S3AppendState.Part part : state.parts()) {
            Part found = listed.get(part.number());
            if (found == null || found.size() != part.size()) {
                throw new MediaStoreException("Part " + part.number() + " of the append " + key + " is damaged");
            }
            parts.add(S3Multipart.completed(found));
        }
        return parts;
    }

    void abort(ObjectKey key) {
        Optional<String> upload = uploadOf(key);
        if (upload.isPresent()) {
            forget(key);
            multipart.abort(bucket.name(key), upload.get());
        }
    }

    /** Identifier of the multipart upload of an append or a direct upload. */
    private Optional<String> uploadOf(ObjectKey key) {
        String base = base(key);
        return bucket.list(base + ".")
                .map(S3Object::key)
                .filter(name -> name.equals(base + S3AppendState.BEGIN) || name.equals(base + S3Direct.STATE))
                .findFirst()
                .map(name -> new String(bucket.get(name), StandardCharsets.UTF_8));
    }

    void abortPrefix(ObjectKey prefix) {
        keys(base(prefix)).forEach(this::abort);
        bucket.deleteAll(bucket.list(base(prefix)).map(S3Object::key));
    }

    /** Removes what processes that died have left: waiting files, and parts and state that belong to no append. */
    void sweep(Instant limit) throws IOException {
        S3Appending.sweep(staging, limit);
        Set<ObjectKey> alive = keys(bucket.prefix() + FOLDER).collect(Collectors.toSet());
        bucket.deleteAll(bucket.list(bucket.prefix() + FOLDER)
                .filter(object -> object.lastModified().isBefore(limit))
                .filter(object -> !alive.contains(keyOf(object.key())))
                .map(S3Object::key));
        multipart
                .uploads(bucket.prefix())
                .filter(upload -> upload.initiated().isBefore(limit))
                .filter(upload -> bucket.key(upload.key())
                        .filter(key -> !alive.contains(key) || isOther(key, upload.uploadId()))
                        .isPresent())
                .forEach(upload -> multipart.abort(upload.key(), upload.uploadId()));
    }

    private boolean isOther(ObjectKey key, String upload) {
        return uploadOf(key).filter(upload::equals).isEmpty();
    }

    private Stream<ObjectKey> keys(String beginning) {
        return bucket.list(beginning)
                .map(S3Object::key)
                .filter(name -> name.endsWith("/" + S3AppendState.BEGIN) || name.endsWith("/" + S3Direct.STATE))
                .map(this::keyOf);
    }

    private ObjectKey keyOf(String stateName) {
        int from = bucket.prefix().length() + FOLDER.length();
        return new ObjectKey(stateName.substring(from, stateName.indexOf("/.", from)));
    }

    private String base(ObjectKey key) {
        return base(bucket, key);
    }

    /** What the names of the state objects of a key begin with. */
    static String base(S3Bucket bucket, ObjectKey key) {
        return bucket.prefix() + FOLDER + key.value() + "/";
    }

    private S3AppendState load(ObjectKey key) {
        String base = base(key);
        return S3AppendState.of(
                bucket.list(base + ".").map(object -> object.key().substring(base.length())));
    }

    private S3AppendState existing(ObjectKey key) {
        S3AppendState state = load(key);
        if (!state.begun()) {
            throw new NoSuchObjectException(key);
        }
        return state;
    }

    private String upload(ObjectKey key) {
        return new String(bucket.get(base(key) + S3AppendState.BEGIN), StandardCharsets.UTF_8);
    }

    private void forget(ObjectKey key) {
        bucket.delete(base(key) + S3AppendState.BEGIN);
        bucket.delete(base(key) + S3Direct.STATE);
        bucket.deleteAll(bucket.list(base(key) + ".").map(S3Object::key));
    }

    private void forgetOldTails(ObjectKey key, S3AppendState state) {
        state.tails().stream()
                .filter(tail -> !tail.equals(state.tail().orElse(null)))
                .forEach(tail -> bucket.delete(base(key) + tail.name()));
    }
}
