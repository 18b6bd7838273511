package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.ChunkReading;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.RemuxCommand;
import org.millrace.worker.ffmpeg.SourcePicture;
import org.millrace.worker.ffmpeg.Workspace;

/**
 * What a chunk is encoded from: the source as it is, or, for a source that gave trouble, a copy of its picture in a
 * container with an index that was made anew from the packets.
 */
@ApplicationScoped
class ChunkMaterial {

    private static final Logger LOG = Logger.getLogger(ChunkMaterial.class);

    /** So long before a chunk a damaged picture is begun with, so that a decoder that has to find its feet does. */
    private static final double MARGIN = 10;

    private final Converter converter;
    private final ScratchFolder scratch;

    @Inject
    ChunkMaterial(Converter converter, ScratchFolder scratch) {
        this.converter = converter;
        this.scratch = scratch;
    }

    /**
     * Something to encode from.
     *
     * @param file where its bytes are
     * @param picture the stream
     * @param seek time stamp in the file to begin reading at; empty reads from the start
     * @param reading how it is taken
     */
    record Material(Path file, SourcePicture picture, Optional<Duration> seek, ChunkReading reading) {

        /** Nothing at all, where nothing could be decoded. */
        Material black() {
            return new Material(file, picture, Optional.empty(), ChunkReading.BLACK);
        }
    }

    /** The material for an attempt. */
    Material of(Attempt attempt, Path source, Task.EncodeChunk task) {
        SourcePicture picture = Pictures.of(task.video());
        if (attempt.isTolerant()) {
            return rebuilt(attempt, source, task, picture);
        }
        return new Material(
                source, picture, Optional.ofNullable(task.seekSeconds()).map(Pictures::time), ChunkReading.PLAIN);
    }

    private Material rebuilt(Attempt attempt, Path source, Task.EncodeChunk task, SourcePicture picture) {
        long size = size(source);
        scratch.requireSpace(size);
        Workspace workspace = Workspace.ofSource(attempt.scratch("remux"), source);
        Optional<Duration> length = task.span().last()
                ? Optional.empty()
                : Optional.of(Pictures.time(task.grid().secondsAt(task.span().to()) + MARGIN));
        try {
            converter.run(
                    attempt,
                    new RemuxCommand(picture.stream(), picture.start(), length).toCommand(converter.guard()),
                    workspace,
                    converter.limits(0, 2 * size + (16 << 20)),
                    ProgressListener.SILENT);
            Path copy = workspace.output(RemuxCommand.FILE_NAME);
            converter.header(attempt, Workspace.ofSource(attempt.scratch("copy"), copy), InputName.SOURCE);
            double early = task.grid().secondsAt(task.span().from()) - MARGIN;
            Optional<Duration> seek =
                    early <= 0 ? Optional.empty() : Optional.of(RemuxCommand.ZERO.plus(Pictures.time(early)));
            return new Material(copy, picture.movedTo(0, RemuxCommand.ZERO), seek, ChunkReading.FILLED);
        } catch (ProbeException | AttemptFailedException e) {
            attempt.checkGoing();
            LOG.infof("The source is encoded as it is; it could not be packed anew: %s", e.getMessage());
            return new Material(source, picture, Optional.empty(), ChunkReading.FILLED);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot read the source: " + e, e);
        }
    }
}
