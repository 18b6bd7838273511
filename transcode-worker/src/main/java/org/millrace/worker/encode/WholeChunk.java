package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Result;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Seam;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.Publisher;
import org.millrace.worker.publish.VerifiedTrack;
import org.millrace.worker.verify.ChunkVerifier;

/** Makes a chunk of every rendition and publishes it at its end: one converter run, verification, publication. */
@ApplicationScoped
class WholeChunk {

    private final ChunkEncoder encoder;
    private final ChunkVerifier verifier;
    private final Publisher publisher;

    @Inject
    WholeChunk(ChunkEncoder encoder, ChunkVerifier verifier, Publisher publisher) {
        this.encoder = encoder;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The chunk's tracks, published. */
    Made run(Attempt attempt, Task.EncodeChunk task, ChunkMaterial.Material material) throws NothingDecodedException {
        Workspace workspace = Workspace.ofSource(attempt.scratch("chunk-" + material.reading()), material.file());
        FfmpegResult result = encoder.toFiles(attempt, task, material, workspace);
        ShownPictures shown = ShownPictures.of(material, workspace, result);
        List<String> files = task.rungs().stream().map(ChunkEncoder::fileName).toList();
        List<Remark> remarks = new ArrayList<>(shown.remarks(task));
        List<VerifiedTrack> verified = verifier.verify(attempt, task, workspace, files, result, remarks);
        Seam seam = Seams.of(material, workspace, result);
        List<Publisher.Publication> publications = new ArrayList<>();
        for (int i = 0; i < verified.size(); i++) {
            String name = task.rungs().get(i).name();
            publications.add(new Publisher.Publication(
                    attempt.workObject(name + ".mp4"), name, verified.get(i), init(attempt, task, name)));
        }
        return new Made(new Result.Tracks(publisher.publishAll(publications), seam), remarks);
    }

    private static Optional<ObjectKey> init(Attempt attempt, Task.EncodeChunk task, String name) {
        return task.span().from() == 0
                ? Optional.of(attempt.setObject(task.set(), name + ".init.mp4"))
                : Optional.empty();
    }
}
