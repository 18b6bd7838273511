package org.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.millrace.model.key.ObjectKey;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The media store in a bucket of Amazon S3 or of a server that speaks its protocol. */
public final class S3MediaStore implements MediaStore {

    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Bucket bucket;
    private final S3Multipart multipart;
    private final S3Appends appends;
    private final S3Presigner presigner;
    private final S3Limits limits;
    private final S3Direct direct;
    private final Clock clock;

    /**
     * The store in a bucket that exists. Nothing is contacted yet.
     *
     * @param prefix put before every key; segments joined by slashes, empty for none
     * @param staging an existing folder with room for 256 MiB for each upload that is running
     */
    public S3MediaStore(
            S3Client client, S3Presigner presigner, String bucket, String prefix, Path staging, Clock clock) {
        this(client, presigner, bucket, prefix, staging, clock, S3Limits.USUAL);
    }

    S3MediaStore(
            S3Client client,
            S3Presigner presigner,
            String bucket,
            String prefix,
            Path staging,
            Clock clock,
            S3Limits limits) {
        String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        this.bucket = new S3Bucket(client, bucket, folder);
        this.multipart = new S3Multipart(this.bucket);
        this.appends = new S3Appends(this.bucket, multipart, limits, staging);
        this.direct = new S3Direct(this.bucket, multipart, presigner);
        this.presigner = presigner;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public StoredObject put(ObjectKey key, Path file) {
        return S3Calls.call("store", key, () -> {
            long size = Files.size(file);
            String name = bucket.name(key);
            AtomicReference<String> sha256 = new AtomicReference<>();
            if (size <= limits.put()) {
                sha256.set(sha256(file));
                bucket.client()
                        .putObject(
                                request -> request.bucket(bucket.bucket()).key(name), S3Multipart.body(file, 0, size));
            } else {
                long partSize = S3Limits.partSize(limits.put(), size);
                multipart.put(name, file, size, partSize, () -> sha256.set(sha256(file)));
            }
            return new StoredObject(info(key), Optional.of(sha256.get()));
        });
    }

    @Override
    public StoredObject put(ObjectKey key, byte[] bytes) {
        return S3Calls.call("store", key, () -> {
            bucket.put(bucket.name(key), bytes);
            return new StoredObject(info(key), Optional.of(Sha256.of(bytes)));
        });
    }

    @Override
    public StoredObject adopt(ObjectKey key, Path file) {
        return S3Calls.call("take over a file as", key, () -> {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is not a regular file");
            }
            StoredObject stored = put(key, file);
            Files.delete(file);
            return stored;
        });
    }

    @Override
    public InputStream read(ObjectKey key) {
        return read(key, 0, Long.MAX_VALUE);
    }

    @Override
    public InputStream read(ObjectKey key, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("Not a range: " + offset + "+" + length);
        }
        return S3Calls.call("read", key, () -> {
            if (length == 0) {
                info(key);
                return InputStream.nullInputStream();
            }
            return open(key, offset, length);
        });
    }

    private InputStream open(ObjectKey key, long offset, long length) {
        boolean toTheEnd = length > Long.MAX_VALUE - offset;
        String range = "bytes=" + offset + "-" + (toTheEnd ? "" : offset + length - 1);
        try {
            return new S3ObjectStream(bucket.client()
                    .getObject(request -> request.bucket(bucket.bucket())
                            .key(bucket.name(key))
                            .range(offset == 0 && toTheEnd ? null : range)));
        } catch (NoSuchKeyException e) {
            throw new NoSuchObjectException(key);
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                return InputStream.nullInputStream();
            }
            throw e;
        }
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return S3Calls.call("look up", key, () -> bucket.stat(key));
    }

    @Override
    public void delete(ObjectKey key) {
        S3Calls.run("delete", key, () -> bucket.delete(bucket.name(key)));
    }

    @Override
    public void deletePrefix(ObjectKey prefix) {
        S3Calls.run("delete everything under", prefix, () -> {
            appends.abortPrefix(prefix);
            bucket.delete(bucket.name(prefix));
            bucket.deleteAll(bucket.list(bucket.name(prefix) + "/").map(S3Object::key));
        });
    }

    @Override
    public Stream<ObjectInfo> list(ObjectKey prefix) {
        return S3Calls.call("list", prefix, () -> bucket.list(prefix));
    }

    @Override
    public Optional<Path> localPath(ObjectKey key) {
        return Optional.empty();
    }

    @Override
    public Optional<URI> presignGet(ObjectKey key, Duration validity) {
        return S3Calls.call("sign a URL for", key, () -> {
            var signed = presigner.presignGetObject(request -> request.signatureDuration(validity)
                    .getObjectRequest(get -> get.bucket(bucket.bucket()).key(bucket.name(key))));
            return Optional.of(URI.create(signed.url().toExternalForm()));
        });
    }

    @Override
    public void move(ObjectKey from, ObjectKey to) {
        S3Calls.run("move to " + to, from, () -> {
            Optional<ObjectInfo> source = bucket.stat(from);
            if (source.isEmpty()) {
                bucket.stat(to).orElseThrow(() -> new NoSuchObjectException(from));
                return;
            }
            long size = source.get().size();
            if (size <= limits.copy()) {
                bucket.client()
                        .copyObject(request -> request.sourceBucket(bucket.bucket())
                                .sourceKey(bucket.name(from))
                                .destinationBucket(bucket.bucket())
                                .destinationKey(bucket.name(to)));
            } else {
                multipart.copy(bucket.name(from), bucket.name(to), size, S3Limits.partSize(limits.copy(), size));
            }
            bucket.delete(bucket.name(from));
        });
    }

    @Override
    public OptionalLong freeBytes() {
        return OptionalLong.empty();
    }

    @Override
    public void check() {
        String probe = bucket.prefix() + ".check";
        try {
            bucket.client().putObject(request -> request.bucket(bucket.bucket()).key(probe), RequestBody.empty());
            bucket.delete(probe);
        } catch (SdkException e) {
            throw new MediaStoreException(
                    "The bucket " + bucket.bucket() + " cannot be written to: " + e.getMessage(), e);
        }
    }

    @Override
    public void sweep(Duration age) {
        try {
            appends.sweep(clock.instant().minus(age));
        } catch (SdkException e) {
            throw new MediaStoreException("Cannot tidy up the bucket " + bucket.bucket() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw MediaStoreException.of("Cannot tidy up what waits for the bucket " + bucket.bucket(), e);
        }
    }

    @Override
    public void createAppend(ObjectKey key) {
        S3Calls.run("begin the append", key, () -> appends.create(key));
    }

    @Override
    public long durableOffset(ObjectKey key) {
        return S3Calls.call("look up the append", key, () -> appends.durableOffset(key));
    }

    @Override
    public long append(ObjectKey key, long offset, InputStream in, long maxBytes) {
        return S3Calls.call("append to", key, () -> appends.append(key, offset, in, maxBytes));
    }

    @Override
    public void truncate(ObjectKey key, long offset) {
        S3Calls.call("truncate the append", key, () -> appends.truncate(key, offset));
    }

    @Override
    public ObjectInfo finishAppend(ObjectKey key) {
        return S3Calls.call("finish the append", key, () -> {
            appends.finish(key);
            return info(key);
        });
    }

    @Override
    public void abortAppend(ObjectKey key) {
        S3Calls.run("abort the append", key, () -> appends.abort(key));
    }

    @Override
    public Optional<DirectUploads> direct() {
        return Optional.of(direct);
    }

    private ObjectInfo info(ObjectKey key) {
        return bucket.stat(key).orElseThrow(() -> new NoSuchObjectException(key));
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Sha256 sha256 = new Sha256();
            byte[] buffer = new byte[DurableFiles.BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, count);
            }
            return sha256.hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
