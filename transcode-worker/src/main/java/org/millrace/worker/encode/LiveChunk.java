package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Rung;
import org.millrace.model.message.Result;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.PartPublisher;
import org.millrace.worker.publish.Series;
import org.millrace.worker.verify.ChunkVerifier;
import org.millrace.worker.verify.GridCheck;

/** Makes a chunk of one rendition and publishes its GOPs as they come: somebody waits for the first of them. */
@ApplicationScoped
class LiveChunk {

    private static final String COPY = "whole.mp4";

    private final ChunkEncoder encoder;
    private final ChunkVerifier verifier;
    private final PartPublisher publisher;

    @Inject
    LiveChunk(ChunkEncoder encoder, ChunkVerifier verifier, PartPublisher publisher) {
        this.encoder = encoder;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The chunk's parts, published. */
    Made run(Attempt attempt, Task.EncodeChunk task, ChunkMaterial.Material material) throws NothingDecodedException {
        Rung rung = task.rungs().getFirst();
        Workspace workspace = Workspace.ofSource(attempt.scratch("chunk-" + material.reading()), material.file());
        GridCheck check = new GridCheck(rung, task.grid(), task.span());
        TrackFeed feed = new TrackFeed(
                attempt.scratch("parts-" + material.reading()),
                check,
                Optional.of(workspace.output(COPY)),
                ChunkEncoder.mostFileBytes(task));
        Optional<ObjectKey> init = task.span().from() == 0
                ? Optional.of(attempt.setObject(task.set(), rung.name() + ".init.mp4"))
                : Optional.empty();
        Series series = publisher.begin(attempt, rung.name(), init);
        FfmpegResult result = encoder.stream(
                attempt,
                task,
                material,
                workspace,
                feed,
                () -> feed.forEach(part -> {
                    // What is published is never taken back.
                    attempt.checkSource();
                    series.publish(part);
                }));
        List<Remark> remarks =
                new ArrayList<>(ShownPictures.of(material, workspace, result).remarks(task));
        verifier.verifyStreamed(attempt, task, workspace, COPY, check, result, remarks);
        return new Made(Result.Tracks.of(series.tracks()), remarks);
    }
}
