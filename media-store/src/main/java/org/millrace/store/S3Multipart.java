package org.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects that are put together from parts on the server. */
final class S3Multipart {

    private static final int PARTS_AT_ONCE = 4;

    private final S3Client client;
    private final String bucket;

    S3Multipart(S3Bucket bucket) {
        this.client = bucket.client();
        this.bucket = bucket.bucket();
    }

    /** Begins an object in parts and returns the identifier of the upload. */
    String begin(String name) {
        return client.createMultipartUpload(request -> request.bucket(bucket).key(name))
                .uploadId();
    }

    /** Drops an upload and its parts; an absent one is fine. */
    void abort(String name, String upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(name).uploadId(upload));
        } catch (S3Exception e) {
            if (e.statusCode() != 404) {
                throw e;
            }
        }
    }

    /** All uploads below a prefix that are neither completed nor aborted. */
    Stream<MultipartUpload> uploads(String prefix) {
        return client
                .listMultipartUploadsPaginator(request -> request.bucket(bucket).prefix(prefix))
                .uploads()
                .stream();
    }

    /** The parts that an upload has, by number. */
    Map<Integer, Part> parts(String name, String upload) {
        return client
                .listPartsPaginator(request -> request.bucket(bucket).key(name).uploadId(upload))
                .parts()
                .stream()
                .collect(Collectors.toMap(Part::partNumber, Function.identity()));
    }

    /** Sends a span of a file as a part; parts count from 1. */
    CompletedPart send(String name, String upload, int number, Path file, long offset, long length) {
        var response = client.uploadPart(
                request -> request.bucket(bucket)
                        .key(name)
                        .uploadId(upload)
                        .partNumber(number)
                        .contentLength(length),
                body(file, offset, length));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(response.eTag())
                .checksumCRC32(response.checksumCRC32())
                .build();
    }

    /** Makes a whole object a part of another, on the server. */
    CompletedPart copy(String source, String name, String upload, int number) {
        return copy(source, name, upload, number, null);
    }

    private CompletedPart copy(String source, String name, String upload, int number, String range) {
        var result = client.uploadPartCopy(request -> request.sourceBucket(bucket)
                        .sourceKey(source)
                        .copySourceRange(range)
                        .destinationBucket(bucket)
                        .destinationKey(name)
                        .uploadId(upload)
                        .partNumber(number))
                .copyPartResult();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(result.eTag())
                .checksumCRC32(result.checksumCRC32())
                .build();
    }

    /** What completing an upload has to say of a part, as the server has it, which knows its checksums. */
    static CompletedPart completed(Part part) {
        return CompletedPart.builder()
                .partNumber(part.partNumber())
                .eTag(part.eTag())
                .checksumCRC32(part.checksumCRC32())
                .build();
    }

    /** Puts the parts together: from now on the object exists. */
    void complete(String name, String upload, List<CompletedPart> parts) {
        client.completeMultipartUpload(request ->
                request.bucket(bucket).key(name).uploadId(upload).multipartUpload(whole -> whole.parts(parts)));
    }

    /** Stores a file in parts, several at once. Meanwhile this thread may do something else with the file. */
    void put(String name, Path file, long size, long partSize, Runnable meanwhile) {
        inParts(
                name,
                size,
                partSize,
                upload -> number -> {
                    long offset = (number - 1) * partSize;
                    return send(name, upload, number, file, offset, Math.min(partSize, size - offset));
                },
                meanwhile);
    }

    /** Copies an object in parts, several at once, on the server. */
    void copy(String source, String name, long size, long partSize) {
        inParts(
                name,
                size,
                partSize,
                upload -> number -> {
                    long offset = (number - 1) * partSize;
                    long last = Math.min(size, offset + partSize) - 1;
                    return copy(source, name, upload, number, "bytes=" + offset + "-" + last);
                },
                () -> {});
    }

    private void inParts(
            String name,
            long size,
            long partSize,
            Function<String, Function<Integer, CompletedPart>> part,
            Runnable meanwhile) {
        String upload = begin(name);
        try {
            List<Callable<CompletedPart>> work = new ArrayList<>();
            for (int i = 1; i <= Math.ceilDiv(size, partSize); i++) {
                int number = i;
                work.add(() -> part.apply(upload).apply(number));
            }
            complete(name, upload, together(work, meanwhile));
        } catch (RuntimeException e) {
            try {
                abort(name, upload);
            } catch (RuntimeException unreachable) {
                // The sweep finds the upload later; what matters is why it failed.
                e.addSuppressed(unreachable);
            }
            throw e;
        }
    }

    private static List<CompletedPart> together(List<Callable<CompletedPart>> work, Runnable meanwhile) {
        ExecutorService threads =
                Executors.newFixedThreadPool(PARTS_AT_ONCE, Thread.ofVirtual().factory());
        try {
            List<Future<CompletedPart>> running =
                    work.stream().map(threads::submit).toList();
            meanwhile.run();
            List<CompletedPart> parts = new ArrayList<>();
            for (Future<CompletedPart> one : running) {
                parts.add(one.get());
            }
            return parts;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MediaStoreException("Interrupted while waiting for S3", e);
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }

    /** A span of a file as the body of a request, which may have to be sent more than once. */
    static RequestBody body(Path file, long offset, long length) {
        return RequestBody.fromContentProvider(() -> open(file, offset, length), length, "application/octet-stream");
    }

    private static InputStream open(Path file, long offset, long length) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(offset);
            return new RangeInputStream(Channels.newInputStream(channel), length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
