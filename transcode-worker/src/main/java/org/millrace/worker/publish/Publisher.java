package org.millrace.worker.publish;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.store.MediaStore;
import org.millrace.store.StoredObject;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.mp4.Track;

/** Puts finished files into the media store. On a local disk they are moved there, not copied. */
@ApplicationScoped
public class Publisher {

    private static final int BUFFER = 1 << 18;

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
     */
    public EncodedTrack publish(ObjectKey key, String name, VerifiedTrack verified) {
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
                fragments);
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new AttemptFailedException(
                    FailureCode.STORE_ERROR, "Cannot read " + file.getFileName() + ": " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
