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
import java.util.Optional;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.mp4.FragmentJoiner;
import org.millrace.worker.mp4.InitSegment;
import org.millrace.worker.mp4.JoinedFile;
import org.millrace.worker.mp4.Mp4Exception;
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

    private final PieceReader reader;
    private final ScratchFolder scratch;
    private final JoinVerifier verifier;
    private final Publisher publisher;

    @Inject
    AssembleStep(PieceReader reader, ScratchFolder scratch, JoinVerifier verifier, Publisher publisher) {
        this.reader = reader;
        this.scratch = scratch;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The joined track, published; none if there are no pieces. */
    public Made run(Attempt attempt, Task.Assemble task) {
        if (task.pieces().isEmpty()) {
            return Made.of(Result.Tracks.of(List.of()));
        }
        EncodedTrack first = task.pieces().getFirst();
        // Only a piece from the very beginning publishes its init segment.
        if (first.startTicks() != 0 && first.init() == null) {
            throw new AttemptFailedException(
                    FailureCode.OUTPUT_INVALID, "The first piece of " + task.track() + " is missing");
        }
        scratch.requireSpace(
                task.pieces().stream().mapToLong(EncodedTrack::sizeBytes).sum());
        try {
            return Made.of(Result.Tracks.of(List.of(join(attempt, task).withInit(first.init()))));
        } catch (Mp4Exception e) {
            throw new AttemptFailedException(FailureCode.OUTPUT_INVALID, e.getMessage(), e);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot join " + task.track() + ": " + e, e);
        }
    }

    private EncodedTrack join(Attempt attempt, Task.Assemble task) throws IOException {
        InitSegment init = null;
        List<Piece> pieces = new ArrayList<>();
        for (EncodedTrack track : task.pieces()) {
            attempt.checkGoing();
            PieceReader.Read read = reader.read("Piece " + pieces.size() + " of " + track.name(), track);
            init = init == null ? read.init() : init;
            pieces.add(read.piece());
        }
        Path folder = attempt.scratch("join");
        Path target = Files.createDirectory(folder).resolve(task.track() + ".mp4");
        JoinedFile joined;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 20)) {
            joined = FragmentJoiner.join(init, pieces, out);
        }
        attempt.progress(0.8, 0);
        VerifiedTrack verified = verifier.verify(target, joined, task.pieces());
        return publisher.publish(
                attempt.setObject(task.set(), task.track() + ".mp4"), task.track(), verified, Optional.empty());
    }
}
