package org.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.millrace.model.key.ObjectKey;

/** One call that adds bytes to an append on S3: it fills a local file and sends it whenever it is a part's size. */
final class S3Appending implements AutoCloseable {

    private static final String WAITING = "millrace-append-";

    private final S3Bucket bucket;
    private final S3Multipart multipart;
    private final S3Limits limits;
    private final String name;
    private final String base;
    private final String upload;
    private final Path file;
    private final FileChannel waiting;

    /** Parts that are sent, and bytes in them. */
    private int parts;

    private long sent;

    /** Bytes in the file, and how many of them the store had as a tail at the beginning. */
    private long fill;

    private long stored;

    /**
     * Prepares to go on where the state ends.
     *
     * @param base what the names of the append's state objects begin with
     * @param upload identifier of its multipart upload
     */
    S3Appending(
            S3Bucket bucket,
            S3Multipart multipart,
            S3Limits limits,
            Path staging,
            ObjectKey key,
            String base,
            String upload,
            S3AppendState state)
            throws IOException {
        this.bucket = bucket;
        this.multipart = multipart;
        this.limits = limits;
        this.name = bucket.name(key);
        this.base = base;
        this.upload = upload;
        this.parts = state.parts().size();
        this.sent = state.sent();
        this.file = Files.createTempFile(staging, WAITING, null);
        this.waiting = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (state.tail().isPresent()) {
                stored = state.tail().get().end() - sent;
                fetch(base + state.tail().get().name());
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void fetch(String tail) throws IOException {
        try (InputStream in = bucket.client()
                .getObject(request -> request.bucket(bucket.bucket()).key(tail))) {
            fill = in.transferTo(Channels.newOutputStream(waiting));
        }
        if (fill != stored) {
            throw new IOException("The tail " + tail + " has " + fill + " bytes");
        }
    }

    /** Removes waiting files of processes that died; those of running ones are written to all the time. */
    static void sweep(Path staging, Instant limit) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(staging, WAITING + "*")) {
            for (Path file : files) {
                if (DurableFiles.modified(file).isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Takes in what comes and returns the new durable offset. */
    long run(InputStream in, long maxBytes) throws IOException {
        byte[] buffer = new byte[DurableFiles.BUFFER];
        long left = maxBytes;
        while (left > 0) {
            long room = limits.appendPart(parts + 1) - fill;
            int count = Incoming.read(in, buffer, Math.min(left, room));
            if (count < 0) {
                break;
            }
            fill = DurableFiles.write(waiting, fill, buffer, count);
            left -= count;
            if (count == room) {
                send();
            }
        }
        if (fill > stored) {
            var tail = new S3AppendState.Tail(sent, sent + fill);
            bucket.client()
                    .putObject(
                            request -> request.bucket(bucket.bucket()).key(base + tail.name()),
                            S3Multipart.body(file, 0, fill));
        }
        return sent + fill;
    }

    private void send() throws IOException {
        var part = new S3AppendState.Part(parts + 1, sent, sent + fill);
        multipart.send(name, upload, part.number(), file, 0, fill);
        // The part counts from now on; before, a crash would only have cost its bytes.
        bucket.put(base + part.name(), new byte[0]);
        parts++;
        sent = part.end();
        fill = 0;
        stored = 0;
        waiting.truncate(0);
    }

    @Override
    public void close() throws IOException {
        waiting.close();
        Files.deleteIfExists(file);
    }
}
