package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.VideoInput;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.Probe;
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
public class ChunkMaterial {

    private static final Logger LOG = Logger.getLogger(ChunkMaterial.class);

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
     * @param container FFmpeg's demuxer name
     * @param picture the stream
     */
    record Material(Path file, String container, SourcePicture picture) {

        /** Whether the container has an index by which seeking is exact. */
        boolean isSeekable() {
            return container.contains("mp4") || container.equals("matroska,webm");
        }
    }

    /** The material for an attempt. */
    Material of(Attempt attempt, Path source, VideoInput input) {
        Probe probe = probe(attempt, source, "source");
        Material plain = new Material(
                source,
                probe.format().names(),
                Pictures.of(Pictures.stream(probe, input.track()), input, Pictures.time(input.startSeconds())));
        return attempt.isTolerant() ? rebuilt(attempt, plain, input) : plain;
    }

    private Material rebuilt(Attempt attempt, Material plain, VideoInput input) {
        long size = size(plain.file());
        scratch.requireSpace(size);
        Workspace workspace = Workspace.ofSource(attempt.scratch("remux"), plain.file());
        try {
            converter.run(
                    attempt,
                    new RemuxCommand(List.of(input.track())).toCommand(converter.guard()),
                    workspace,
                    converter.limits(0, 2 * size + (16 << 20)),
                    ProgressListener.SILENT);
            Path copy = workspace.output(RemuxCommand.FILE_NAME);
            Probe probe =
                    converter.header(attempt, Workspace.ofSource(attempt.scratch("copy"), copy), InputName.SOURCE);
            Pictures.stream(probe, 0);
            SourcePicture before = plain.picture();
            // Negative time stamps do not survive: the copy begins at zero then.
            Duration start = before.start().isNegative() ? Duration.ZERO : before.start();
            SourcePicture picture =
                    new SourcePicture(0, start, before.interlaced(), before.colour(), before.fullRange());
            return new Material(copy, probe.format().names(), picture);
        } catch (ProbeException | AttemptFailedException e) {
            attempt.checkGoing();
            LOG.infof("The source is encoded as it is; it could not be packed anew: %s", e.getMessage());
            return plain;
        }
    }

    private Probe probe(Attempt attempt, Path file, String name) {
        try {
            return converter.header(attempt, Workspace.ofSource(attempt.scratch(name), file), InputName.SOURCE);
        } catch (ProbeException e) {
            throw new AttemptFailedException(FailureCode.DECODE_FAILED, e.getMessage(), e);
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
