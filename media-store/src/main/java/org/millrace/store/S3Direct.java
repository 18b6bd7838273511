package org.millrace.store;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Direct uploads on S3: multipart uploads of the objects to be, whose identifiers lie in a state object beside those of
 * appends, {@code .direct}.
 */
final class S3Direct implements DirectUploads {

    /** Name of the state object; its content is the identifier of the multipart upload. */
    static final String STATE = ".direct";

    private final S3Bucket bucket;
    private final S3Multipart multipart;
    private final S3Presigner presigner;

    S3Direct(S3Bucket bucket, S3Multipart multipart, S3Presigner presigner) {
        this.bucket = bucket;
        this.multipart = multipart;
        this.presigner = presigner;
    }

    @Override
    public void begin(ObjectKey key) {
        S3Calls.run("begin the direct upload", key, () -> {
            if (upload(key).isEmpty()) {
                String upload = multipart.begin(bucket.name(key));
                bucket.put(state(key), upload.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    @Override
    public URI partAddress(ObjectKey key, int number, long length, Duration validity) {
        if (number < 1 || number > MOST_PARTS || length < 1 || length > LARGEST_PART) {
            throw new IllegalArgumentException("Not a part: " + number + " of " + length + " bytes");
        }
        return S3Calls.call("sign an address for a part of", key, () -> {
            String upload = existing(key);
            var signed = presigner.presignUploadPart(request -> request.signatureDuration(validity)
                    .uploadPartRequest(part -> part.bucket(bucket.bucket())
                            .key(bucket.name(key))
                            .uploadId(upload)
                            .partNumber(number)
                            .contentLength(length)));
            return URI.create(signed.url().toExternalForm());
        });
    }

    @Override
    public List<Sent> sent(ObjectKey key) {
        return S3Calls.call("list the parts of", key, () -> sent(arrived(key, existing(key))));
    }

    @Override
    public ObjectInfo complete(ObjectKey key, List<Sent> parts) {
        return S3Calls.call("complete the direct upload", key, () -> {
            long size = parts.stream().mapToLong(Sent::size).sum();
            Optional<String> upload = upload(key);
            if (upload.isPresent()) {
                finish(key, upload.get(), parts, size);
                bucket.delete(state(key));
            }
            return whole(key, size).orElseThrow(() -> new NoSuchObjectException(key));
        });
    }

    private void finish(ObjectKey key, String upload, List<Sent> parts, long size) {
        try {
            List<Part> arrived = arrived(key, upload);
            if (!sent(arrived).equals(parts)) {
                // A server that has completed the upload already may show it without parts.
                if (arrived.isEmpty() && whole(key, size).isPresent()) {
                    return;
                }
                throw new WrongPartsException(key);
            }
            multipart.complete(
                    bucket.name(key),
                    upload,
                    arrived.stream().map(S3Multipart::completed).toList());
        } catch (NoSuchUploadException e) {
            // Completed by a process that died before it could forget the upload.
            if (whole(key, size).isEmpty()) {
                throw e;
            }
        }
    }

    private Optional<ObjectInfo> whole(ObjectKey key, long size) {
        return bucket.stat(key).filter(info -> info.size() == size);
    }

    private List<Part> arrived(ObjectKey key, String upload) {
        return multipart.parts(bucket.name(key), upload).values().stream()
                .sorted(Comparator.comparing(Part::partNumber))
                .toList();
    }

    private static List<Sent> sent(List<Part> parts) {
        return parts.stream()
                .map(part -> new Sent(part.partNumber(), part.size()))
                .toList();
    }

    private String existing(ObjectKey key) {
        return upload(key).orElseThrow(() -> new NoSuchObjectException(key));
    }

    private Optional<String> upload(ObjectKey key) {
        try {
            return Optional.of(new String(bucket.get(state(key)), StandardCharsets.UTF_8));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private String state(ObjectKey key) {
        return S3Appends.base(bucket, key) + STATE;
    }
}
