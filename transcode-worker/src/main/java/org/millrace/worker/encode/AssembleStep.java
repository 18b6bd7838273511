package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.LocalObject;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ObjectFiles;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.mp4.FragmentInfo;
import org.millrace.worker.mp4.FragmentJoiner;
import org.millrace.worker.mp4.FragmentSource;
import org.millrace.worker.mp4.InitSegment;
import org.millrace.worker.mp4.JoinedFile;
import org.millrace.worker.mp4.Mp4Exception;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.mp4.Piece;
import org.millrace.worker.publish.Publisher;
import org.millrace.worker.publish.VerifiedTrack;
import org.millrace.worker.verify.JoinVerifier;

/**
 * Joins the pieces of one rendition, or of one audio track, into one file with a global index. Nothing is encoded and no
 * fragment is changed, so what was verified stays verified; the seams are checked while joining.
 */
@ApplicationScoped
public class AssembleStep {

    private final ObjectFiles objects;
    private final ScratchFolder scratch;
    private final JoinVerifier verifier;
    private final Publisher publisher;

    @Inject
    AssembleStep(ObjectFiles objects, ScratchFolder scratch, JoinVerifier verifier, Publisher publisher) {
        this.objects = objects;
        this.scratch = scratch;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The joined track, published; none if there are no pieces. */
    public Made run(Attempt attempt, Task.Assemble task) {
        if (task.pieces().isEmpty()) {
            return Made.of(new Result.Tracks(List.of()));
        }
        scratch.requireSpace(
                task.pieces().stream().mapToLong(EncodedTrack::sizeBytes).sum());
        List<LocalObject> opened = new ArrayList<>();
        try {
            for (EncodedTrack piece : task.pieces()) {
                opened.add(objects.open(piece.object(), attempt));
            }
            return Made.of(new Result.Tracks(List.of(join(attempt, task, opened))));
        } catch (Mp4Exception e) {
            throw new AttemptFailedException(FailureCode.OUTPUT_INVALID, e.getMessage(), e);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot join " + task.track() + ": " + e, e);
        } finally {
            opened.forEach(LocalObject::close);
        }
    }

    private EncodedTrack join(Attempt attempt, Task.Assemble task, List<LocalObject> files) throws IOException {
        InitSegment init = null;
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            attempt.checkGoing();
            EncodedTrack track = task.pieces().get(i);
            Mp4File file = Mp4File.read(files.get(i).path());
            init = init == null ? file.init() : init;
            pieces.add(new Piece(
                    "Piece " + i + " of " + track.name(),
                    file.init().sha256(),
                    FragmentSource.of(files.get(i).path()),
                    listed(track, file)));
        }
        Path folder = attempt.scratch("join");
        Path target = Files.createDirectory(folder).resolve(task.track() + ".mp4");
        JoinedFile joined;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 20)) {
            joined = FragmentJoiner.join(init, pieces, out);
        }
        attempt.progress(0.8, 0);
        VerifiedTrack verified = verifier.verify(target, joined, task.pieces());
        return publisher.publish(attempt.setObject(task.set(), task.track() + ".mp4"), task.track(), verified);
    }

    /** The fragments of a file that belong to the track: all, or those that the ledger accepted. */
    private static List<FragmentInfo> listed(EncodedTrack track, Mp4File file) {
        Set<Long> offsets = track.fragments().stream().map(Fragment::offset).collect(Collectors.toSet());
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
