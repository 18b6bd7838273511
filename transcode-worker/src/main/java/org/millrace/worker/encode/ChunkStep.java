package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.plan.Loss;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.ChunkReading;

/**
 * Makes one chunk, of every rendition at its end or of one rendition as it grows. A source of which nothing can be decoded
 * there leaves a chunk black, if there are others; and one that cannot be decoded at all has nothing to show.
 */
@ApplicationScoped
public class ChunkStep {

    private static final double REMARKABLE_SECONDS = 1;

    private final ChunkMaterial materials;
    private final ScratchFolder scratch;
    private final WholeChunk whole;
    private final LiveChunk live;

    @Inject
    ChunkStep(ChunkMaterial materials, ScratchFolder scratch, WholeChunk whole, LiveChunk live) {
        this.materials = materials;
        this.scratch = scratch;
        this.whole = whole;
        this.live = live;
    }

    /** The chunk's tracks, published. */
    public Made run(Attempt attempt, Task.EncodeChunk task, Path source) {
        if (task.preset() == null || task.set() == null) {
            throw new AttemptFailedException(FailureCode.INTERNAL, "The task is of version 1");
        }
        if (task.span().isEmpty()) {
            return Made.of(Result.Tracks.of(List.of()));
        }
        scratch.requireSpace(ChunkEncoder.mostBytes(task) * (task.live() ? 2 : 1));
        ChunkMaterial.Material material = materials.of(attempt, source, task);
        try {
            return make(attempt, task, material);
        } catch (NothingDecodedException e) {
            return withoutPicture(attempt, task, material, e);
        }
    }

    private Made withoutPicture(
            Attempt attempt, Task.EncodeChunk task, ChunkMaterial.Material material, NothingDecodedException e) {
        boolean resumed = attempt.offer().parts() > 0;
        boolean plain = material.reading() == ChunkReading.PLAIN;
        double missing = task.grid().secondsAt(task.span().frames());
        if (resumed && task.span().last() && (!plain || missing < REMARKABLE_SECONDS)) {
            // The attempts before have made all that there is.
            double end = task.grid().secondsAt(task.span().from());
            return new Made(
                    Result.Tracks.of(List.of()),
                    Loss.endsAt(end, task.grid().seconds()).stream().toList());
        }
        if (plain) {
            throw new AttemptFailedException(FailureCode.DECODE_FAILED, e.getMessage(), e);
        }
        if (task.span().from() == 0 && task.span().last()) {
            throw new AttemptFailedException(FailureCode.NOTHING_DECODABLE, e.getMessage(), e);
        }
        return black(attempt, task, material.black());
    }

    private Made black(Attempt attempt, Task.EncodeChunk task, ChunkMaterial.Material material) {
        try {
            return make(attempt, task, material);
        } catch (NothingDecodedException e) {
            throw new AttemptFailedException(FailureCode.ENCODER_FAILED, e.getMessage(), e);
        }
    }

    private Made make(Attempt attempt, Task.EncodeChunk task, ChunkMaterial.Material material)
            throws NothingDecodedException {
        return task.live() ? live.run(attempt, task, material) : whole.run(attempt, task, material);
    }
}
