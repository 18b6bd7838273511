package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.OptionalLong;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.ffmpeg.ByteReader;
import org.millrace.worker.ffmpeg.EncodeChunkCommand;
import org.millrace.worker.ffmpeg.FfmpegCommand;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.GridSpan;
import org.millrace.worker.ffmpeg.Limits;
import org.millrace.worker.ffmpeg.ProgressTick;
import org.millrace.worker.ffmpeg.RungSpec;
import org.millrace.worker.ffmpeg.Workspace;

/** Runs the converter that makes a chunk. */
@ApplicationScoped
class ChunkEncoder {

    /** The share of an attempt that is encoding; the rest is verification. */
    private static final double ENCODING = 0.95;

    private final Converter converter;

    @Inject
    ChunkEncoder(Converter converter) {
        this.converter = converter;
    }

    /** Makes every rung into a file of the workspace. */
    FfmpegResult toFiles(Attempt attempt, Task.EncodeChunk task, ChunkMaterial.Material material, Workspace workspace) {
        return converter.run(
                attempt,
                command(attempt, task, material, EncodeChunkCommand.Destination.FILES),
                workspace,
                limits(task, material),
                tick -> report(attempt, task.span(), tick));
    }

    /**
     * Streams the only rung.
     *
     * @param reader takes its bytes
     * @param meanwhile is done on this thread while they come
     */
    FfmpegResult stream(
            Attempt attempt,
            Task.EncodeChunk task,
            ChunkMaterial.Material material,
            Workspace workspace,
            ByteReader reader,
            Converter.Meanwhile meanwhile) {
        return converter.stream(
                attempt,
                command(attempt, task, material, EncodeChunkCommand.Destination.STREAM),
                workspace,
                limits(task, material),
                reader,
                tick -> report(attempt, task.span(), tick),
                meanwhile);
    }

    /** Name of a rung's file. */
    static String fileName(Rung rung) {
        return spec(rung).fileName();
    }

    /** What the rate caps allow for all rungs together. */
    static long mostBytes(Task.EncodeChunk task) {
        double seconds = task.grid().secondsAt(task.span().frames());
        return task.rungs().stream().mapToLong(rung -> rung.mostBytes(seconds)).sum();
    }

    /** More bytes than any one file can have. */
    static long mostFileBytes(Task.EncodeChunk task) {
        return 2 * mostBytes(task) + (16 << 20);
    }

    private FfmpegCommand command(
            Attempt attempt,
            Task.EncodeChunk task,
            ChunkMaterial.Material material,
            EncodeChunkCommand.Destination destination) {
        return new EncodeChunkCommand(
                        material.picture(),
                        gridSpan(task),
                        material.seek(),
                        task.rungs().stream().map(ChunkEncoder::spec).toList(),
                        task.preset().speed(),
                        attempt.threads(),
                        material.reading(),
                        destination,
                        task.span().frames())
                .toCommand(converter.guard());
    }

    /** While what lies before the span is decoded nothing comes out: that is no standstill. */
    private Limits limits(Task.EncodeChunk task, ChunkMaterial.Material material) {
        Limits limits = converter.limits(task.grid().secondsAt(task.span().to()), mostFileBytes(task));
        Duration begins = material.picture()
                .start()
                .plus(Pictures.time(task.grid().secondsAt(task.span().from())));
        Duration unseen = begins.minus(material.seek().orElse(material.picture().start()));
        return unseen.isNegative() ? limits : limits.withStall(limits.stall().plus(unseen));
    }

    private static void report(Attempt attempt, Span span, ProgressTick tick) {
        attempt.progress(ENCODING * tick.frames() / span.frames(), tick.speed());
    }

    private static GridSpan gridSpan(Task.EncodeChunk task) {
        Grid grid = task.grid();
        Span span = task.span();
        return new GridSpan(
                Math.toIntExact(grid.rate().num()),
                Math.toIntExact(grid.rate().den()),
                grid.gopFrames(),
                span.from(),
                span.last() ? task.video().holdFrames() : 0,
                span.last() ? OptionalLong.empty() : OptionalLong.of(span.to()));
    }

    private static RungSpec spec(Rung rung) {
        if (rung.level() == null) {
            throw new AttemptFailedException(FailureCode.INTERNAL, "The task is of a version without levels");
        }
        return new RungSpec(
                rung.width(), rung.height(), rung.crf(), rung.maxrateKbit(), rung.bufsizeKbit(), rung.level());
    }
}
