package org.millrace.worker.picture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.store.MediaStore;
import org.millrace.worker.attempt.AttemptFailedException;

/** Copies some fragments of a finished rendition into a film of their own; nothing else of the rendition is read. */
final class Excerpt {

    private Excerpt() {}

    /**
     * Writes the initialisation section and fragments.
     *
     * @param numbers which fragments, ascending
     */
    static void write(MediaStore store, EncodedTrack track, List<Integer> numbers, Path file) {
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(store, track, 0, track.initBytes(), out);
                for (int number : numbers) {
                    Fragment fragment = track.fragments().get(number);
                    copy(store, track, fragment.offset(), fragment.size(), out);
                }
            }
        } catch (IOException e) {
            throw new AttemptFailedException(
                    FailureCode.STORE_ERROR, "Cannot copy from " + track.object() + ": " + e, e);
        }
    }

    /** How many bytes {@link #write} writes. */
    static long bytes(EncodedTrack track, List<Integer> numbers) {
        return track.initBytes()
                + numbers.stream()
                        .mapToLong(number -> track.fragments().get(number).size())
                        .sum();
    }

    private static void copy(MediaStore store, EncodedTrack track, long offset, long length, OutputStream out)
            throws IOException {
        try (InputStream in = store.read(track.object(), offset, length)) {
            long copied = in.transferTo(out);
            if (copied != length) {
                throw new IOException("Only " + copied + " of " + length + " bytes at " + offset);
            }
        }
    }
}
