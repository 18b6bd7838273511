package org.millrace.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.millrace.model.key.ObjectKey;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The part of a bucket that belongs to us, by object name. A name is the configured prefix and a key, or the prefix
 * and something that begins with a dot and is no key.
 *
 * @param prefix empty, or ends with a slash
 */
record S3Bucket(S3Client client, String bucket, String prefix) {

    private static final int DELETES_AT_ONCE = 1_000;

    /** The name of the object of this key. */
    String name(ObjectKey key) {
        return prefix + key.value();
    }

    /** The key of an object; empty if it is none of ours. */
    Optional<ObjectKey> key(String name) {
        try {
            return Optional.of(new ObjectKey(name.substring(prefix.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is known about the object of this key; empty if there is none. */
    Optional<ObjectInfo> stat(ObjectKey key) {
        try {
            var head = client.headObject(request -> request.bucket(bucket).key(name(key)));
            return Optional.of(info(key, head.contentLength(), head.eTag(), head.lastModified()));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All objects whose key is under the prefix, fetched by the page. */
    Stream<ObjectInfo> list(ObjectKey prefixKey) {
        String top = name(prefixKey);
        return Stream.concat(list(top).filter(found -> found.key().equals(top)).limit(1), list(top + "/"))
                .flatMap(found ->
                        key(found.key())
                                .map(key -> info(key, found.size(), found.eTag(), found.lastModified()))
                                .stream());
    }

    /** All objects whose name begins like this, in the order of their names, fetched by the page. */
    Stream<S3Object> list(String beginning) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(beginning)).contents().stream();
    }

    /** Stores a small object. */
    void put(String name, byte[] bytes) {
        client.putObject(request -> request.bucket(bucket).key(name), RequestBody.fromBytes(bytes));
    }

    /** Reads a small object. */
    byte[] get(String name) {
        return client.getObjectAsBytes(request -> request.bucket(bucket).key(name))
                .asByteArray();
    }

    /** Deletes one object; an absent one is fine. */
    void delete(String name) {
        client.deleteObject(request -> request.bucket(bucket).key(name));
    }

    /** Deletes many objects. */
    void deleteAll(Stream<String> names) {
        Iterator<String> left = names.iterator();
        List<ObjectIdentifier> batch = new ArrayList<>();
        while (left.hasNext()) {
            batch.add(ObjectIdentifier.builder().key(left.next()).build());
            if (batch.size() == DELETES_AT_ONCE || !left.hasNext()) {
                DeleteObjectsResponse response = client.deleteObjects(request -> request.bucket(bucket)
                        .delete(delete -> delete.objects(batch).quiet(true)));
                if (response.hasErrors()) {
                    var error = response.errors().getFirst();
                    throw new MediaStoreException("Cannot delete " + error.key() + ": " + error.message());
                }
                batch.clear();
            }
        }
    }

    private static ObjectInfo info(ObjectKey key, long size, String etag, Instant modified) {
        return new ObjectInfo(key, size, etag.replace("\"", ""), modified);
    }
}
