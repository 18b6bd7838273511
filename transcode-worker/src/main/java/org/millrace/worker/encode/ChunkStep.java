package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.EncodeChunkCommand;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.GridSpan;
import org.millrace.worker.ffmpeg.ProgressTick;
import org.millrace.worker.ffmpeg.RungSpec;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.Publisher;
import org.millrace.worker.publish.VerifiedTrack;
import org.millrace.worker.verify.ChunkVerifier;

/** Makes one chunk of every rendition: one converter run, verification, publication. */
@ApplicationScoped
public class ChunkStep {

    /** Decoders settle within this time before the first frame that counts. */
    private static final Duration SEEK_MARGIN = Duration.ofMillis(500);

    /** The share of an attempt that is encoding; the rest is verification. */
    private static final double ENCODING = 0.9;

    private final EncodeConfig config;
    private final Converter converter;
    private final ChunkMaterial materials;
    private final ScratchFolder scratch;
    private final ChunkVerifier verifier;
    private final Publisher publisher;

    @Inject
    ChunkStep(
            EncodeConfig config,
            Converter converter,
            ChunkMaterial materials,
            ScratchFolder scratch,
            ChunkVerifier verifier,
            Publisher publisher) {
        this.config = config;
        this.converter = converter;
        this.materials = materials;
        this.scratch = scratch;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The chunk's tracks, published. */
    public Made run(Attempt attempt, Task.EncodeChunk task, Path source) {
        scratch.requireSpace(
                task.rungs().stream().mapToLong(rung -> mostBytes(task, rung)).sum());
        ChunkMaterial.Material material = materials.of(attempt, source, task.video());
        Workspace workspace = Workspace.ofSource(attempt.scratch("chunk"), material.file());
        FfmpegResult result = encode(attempt, task, material, workspace);
        List<Path> files = task.rungs().stream()
                .map(rung -> workspace.output(spec(rung).fileName()))
                .toList();
        List<Remark> remarks = new ArrayList<>();
        List<VerifiedTrack> verified = verifier.verify(attempt, task, files, result, remarks);
        List<EncodedTrack> tracks = new ArrayList<>();
        for (int i = 0; i < verified.size(); i++) {
            String name = task.rungs().get(i).name();
            tracks.add(publisher.publish(attempt.workObject(name + ".mp4"), name, verified.get(i)));
        }
        return new Made(new Result.Tracks(tracks), remarks);
    }

    private FfmpegResult encode(
            Attempt attempt, Task.EncodeChunk task, ChunkMaterial.Material material, Workspace workspace) {
        Span span = task.span();
        EncodeChunkCommand command = new EncodeChunkCommand(
                material.picture(),
                gridSpan(task, span),
                seek(attempt, task, material),
                task.rungs().stream().map(ChunkStep::spec).toList(),
                config.preset(),
                attempt.threads(),
                attempt.isTolerant());
        long largest = task.rungs().stream()
                .mapToLong(rung -> mostBytes(task, rung))
                .max()
                .orElseThrow();
        return converter.run(
                attempt,
                command.toCommand(converter.guard()),
                workspace,
                converter.limits(task.grid().secondsAt(span.to()), 2 * largest + (16 << 20)),
                tick -> report(attempt, span, tick));
    }

    private static void report(Attempt attempt, Span span, ProgressTick tick) {
        attempt.progress(ENCODING * tick.frames() / span.frames(), tick.speed());
    }

    /** Where there is no exact index everything before the span is decoded too: slow, but never a frame too few. */
    private static Optional<Duration> seek(Attempt attempt, Task.EncodeChunk task, ChunkMaterial.Material material) {
        if (task.span().from() == 0 || attempt.isTolerant() || !material.isSeekable()) {
            return Optional.empty();
        }
        Duration first = Pictures.time(task.grid().secondsAt(task.span().from()));
        Duration early = first.minus(SEEK_MARGIN);
        return Optional.of(material.picture().start().plus(early.isNegative() ? Duration.ZERO : early));
    }

    private static GridSpan gridSpan(Task.EncodeChunk task, Span span) {
        Grid grid = task.grid();
        return new GridSpan(
                Math.toIntExact(grid.rate().num()),
                Math.toIntExact(grid.rate().den()),
                grid.gopFrames(),
                span.from(),
                span.last() ? task.video().holdFrames() : 0,
                span.last() ? OptionalLong.empty() : OptionalLong.of(span.to()));
    }

    private static RungSpec spec(Rung rung) {
        return new RungSpec(rung.width(), rung.height(), rung.crf(), rung.maxrateKbit(), rung.bufsizeKbit());
    }

    /** What the rate cap allows for the whole span. */
    private static long mostBytes(Task.EncodeChunk task, Rung rung) {
        double seconds = task.grid().secondsAt(task.span().frames());
        return (long) ((seconds * rung.maxrateKbit() + rung.bufsizeKbit()) * 125);
    }
}
