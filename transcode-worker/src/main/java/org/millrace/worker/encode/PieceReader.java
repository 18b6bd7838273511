package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.EncodedTrack;
import org.millrace.store.MediaStore;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.mp4.Fragment;
import org.millrace.worker.mp4.FragmentInfo;
import org.millrace.worker.mp4.FragmentSource;
import org.millrace.worker.mp4.FragmentStream;
import org.millrace.worker.mp4.InitSegment;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.mp4.Piece;

/**
 * Reads the pieces of a track where they are: in place where the media store keeps files, by ranges otherwise, so that
 * joining takes no more room than what is joined.
 */
@ApplicationScoped
class PieceReader {

    private final MediaStore store;

    @Inject
    PieceReader(MediaStore store) {
        this.store = store;
    }

    /**
     * A piece with what it begins with.
     *
     * @param init its init segment
     * @param piece its fragments
     */
    record Read(InitSegment init, Piece piece) {}

    /**
     * Reads the outline of a piece.
     *
     * @param name what sentences call it
     * @throws AttemptFailedException if the object is not what the ledger knows of it
     * @throws IOException if it cannot be read, or is no track of fragments
     */
    Read read(String name, EncodedTrack track) throws IOException {
        Optional<Path> local = store.localPath(track.object());
        Mp4File file = local.isPresent() ? Mp4File.read(local.get()) : outline(track.object());
        FragmentSource source = local.isPresent()
                ? FragmentSource.of(local.get())
                : (offset, length) -> Channels.newChannel(store.read(track.object(), offset, length));
        return new Read(file.init(), new Piece(name, file.init().sha256(), source, listed(track, file)));
    }

    private Mp4File outline(ObjectKey object) throws IOException {
        try (InputStream bytes = store.read(object)) {
            FragmentStream stream = new FragmentStream(bytes);
            InitSegment init = stream.init()
                    .orElseThrow(() -> new AttemptFailedException(
                            FailureCode.OUTPUT_INVALID, "The object " + object + " is cut off"));
            List<FragmentInfo> fragments = new ArrayList<>();
            long offset = init.length();
            for (Optional<Fragment> next = stream.next(OutputStream.nullOutputStream(), offset);
                    next.isPresent();
                    next = stream.next(OutputStream.nullOutputStream(), offset)) {
                fragments.add(next.get().info());
                offset = next.get().info().endOffset();
            }
            return new Mp4File(init, fragments);
        }
    }

    /** The fragments of a file that belong to the track: all, or those that the ledger accepted. */
    private static List<FragmentInfo> listed(EncodedTrack track, Mp4File file) {
        Set<Long> offsets = track.fragments().stream()
                .map(org.millrace.model.task.Fragment::offset)
                .collect(Collectors.toSet());
        List<FragmentInfo> fragments = file.fragments().stream()
                .filter(fragment -> offsets.contains(fragment.offset()))
                .toList();
        if (fragments.size() != offsets.size() || fragments.isEmpty()) {
            throw new AttemptFailedException(
                    FailureCode.OUTPUT_INVALID, "The object " + track.object() + " lacks fragments of its track");
        }
        return fragments;
    }
}
