package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.StoredFile;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.FileHash;
import org.millrace.worker.attempt.LocalObject;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ObjectFiles;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.mp4.Mp4File;

/**
 * Reads finished objects to their last byte: whether each is still what was written, and decodes whole. What is wrong is a
 * result, not a failure.
 */
@ApplicationScoped
public class AuditStep {

    private final ObjectFiles objects;
    private final DecodeCheck decoding;

    @Inject
    AuditStep(ObjectFiles objects, DecodeCheck decoding) {
        this.objects = objects;
        this.decoding = decoding;
    }

    /** The faults that were found. */
    public Made run(Attempt attempt, Task.Audit task) {
        List<String> faults = new ArrayList<>();
        int done = 0;
        int all = task.tracks().size() + task.files().size();
        for (EncodedTrack track : task.tracks()) {
            audit(attempt, track.object(), track.name(), track.sizeBytes(), track.sha256(), track, faults);
            attempt.progress((double) ++done / all, 0);
        }
        for (StoredFile file : task.files()) {
            audit(attempt, file.object(), file.object().fileName(), file.sizeBytes(), file.sha256(), null, faults);
            attempt.progress((double) ++done / all, 0);
        }
        return Made.of(new Result.Audited(faults));
    }

    private void audit(
            Attempt attempt,
            ObjectKey object,
            String name,
            long size,
            String sha256,
            EncodedTrack track,
            List<String> faults) {
        attempt.checkGoing();
        try (LocalObject file = objects.open(object, attempt)) {
            if (Files.size(file.path()) != size || !FileHash.sha256(file.path()).equals(sha256)) {
                faults.add(name + " is not what was written.");
            } else if (track != null) {
                content(attempt, track, file.path(), faults);
            }
        } catch (AttemptFailedException e) {
            attempt.checkGoing();
            faults.add(name + ": " + e.detail());
        } catch (IOException e) {
            faults.add(name + " cannot be read: " + e.getMessage());
        }
    }

    private void content(Attempt attempt, EncodedTrack track, Path file, List<String> faults) throws IOException {
        List<Fragment> found = Mp4File.read(file).fragments().stream()
                .map(info -> new Fragment(info.offset(), info.size(), info.durationTicks(), info.samples()))
                .toList();
        if (!found.equals(track.fragments())) {
            faults.add(track.name() + " does not hold the fragments that the ledger knows.");
            return;
        }
        Workspace workspace = Workspace.ofSource(attempt.scratch("audit-" + track.name()), file);
        long decoded = decoding.countSource(attempt, workspace, track.seconds());
        if (track.isVideo() ? decoded != track.samples() : decoded == 0) {
            faults.add(track.name() + " decodes to " + decoded + " of " + track.samples() + " samples.");
        }
    }
}
