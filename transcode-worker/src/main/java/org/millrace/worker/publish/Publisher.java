package org.millrace.worker.publish;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.store.MediaStore;
import org.millrace.store.StoredObject;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.FileHash;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.mp4.Track;

/** Puts finished files into the media store. On a local disk they are moved there, not copied. */
@ApplicationScoped
public class Publisher {

    /** A store far away is waited for most of the time; this many requests at once fill the line. */
    private static final int AT_ONCE = 4;

    private final MediaStore store;

    @Inject
    Publisher(MediaStore store) {
        this.store = store;
    }

    /**
     * An object as it was published.
     *
     * @param object its key
     * @param size bytes
     * @param sha256 of its bytes, 64 hexadecimal digits
     */
    public record Stored(ObjectKey object, long size, String sha256) {}

    /**
     * A track that is to be published.
     *
     * @param key of its object
     * @param name of the rung or the audio track
     * @param verified its file
     * @param init where its init segment is published on its own besides; empty if it is not
     */
    public record Publication(ObjectKey key, String name, VerifiedTrack verified, Optional<ObjectKey> init) {}

    /**
     * Publishes several tracks, a few at a time. Returns when no file is read any more, whatever happened.
     *
     * @return the tracks, in the same order
     */
    public List<EncodedTrack> publishAll(List<Publication> publications) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<EncodedTrack>> running = publications.stream()
                    .map(one -> threads.submit(() -> publish(one.key(), one.name(), one.verified(), one.init())))
                    .toList();
            try {
                List<EncodedTrack> tracks = new ArrayList<>();
                for (Future<EncodedTrack> track : running) {
                    tracks.add(track.get());
                }
                return tracks;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AttemptFailedException(FailureCode.ENCODER_KILLED, "The worker was interrupted", e);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** Publishes a file, which is gone from its place afterwards. */
    public Stored put(ObjectKey key, Path file) {
        String sha256 = sha256(file);
        StoredObject stored = store.adopt(key, file);
        return new Stored(key, stored.size(), sha256);
    }

    /**
     * Publishes a track.
     *
     * @param name of the rung or the audio track
     * @param init where its init segment is published on its own besides; empty if it is not
     */
    public EncodedTrack publish(ObjectKey key, String name, VerifiedTrack verified, Optional<ObjectKey> init) {
        init.ifPresent(own -> store.put(own, verified.content().init().bytes()));
        Stored stored = put(key, verified.file());
        Mp4File content = verified.content();
        Track track = content.init().track();
        List<Fragment> fragments = content.fragments().stream()
                .map(info -> new Fragment(info.offset(), info.size(), info.durationTicks(), info.samples()))
                .toList();
        return new EncodedTrack(
                name,
                key,
                stored.size(),
                stored.sha256(),
                track.codec(),
                track.width(),
                track.height(),
                Math.toIntExact(track.timescale()),
                content.init().length(),
                verified.initSha256(),
                fragments,
                verified.startTicks(),
                init.orElse(null));
    }

    private static String sha256(Path file) {
        try {
            return FileHash.sha256(file);
        } catch (IOException e) {
            throw new AttemptFailedException(
                    FailureCode.STORE_ERROR, "Cannot read " + file.getFileName() + ": " + e, e);
        }
    }
}
