package org.millrace.worker.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Remarks;
import org.millrace.worker.ffmpeg.ChunkReading;
import org.millrace.worker.ffmpeg.EncodeChunkCommand;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.Workspace;

/**
 * The pictures of a source that a chunk shows, and what is missing at its ends where it was filled.
 *
 * @param reading how the source was taken
 * @param seconds times of all pictures decoded in and around the span, in order; empty if nothing was filled
 */
record ShownPictures(ChunkReading reading, double[] seconds) {

    /** Shorter gaps are not worth a word. */
    private static final double UNREMARKABLE_SECONDS = 0.5;

    private static final double TICKS_PER_SECOND = 90_000;

    /**
     * What was shown in a run.
     *
     * @throws NothingDecodedException if that is nothing
     */
    static ShownPictures of(ChunkMaterial.Material material, Workspace workspace, FfmpegResult result)
            throws NothingDecodedException {
        if (result.progress().frames() == 0) {
            throw new NothingDecodedException("The converter made no picture: " + result.stderrTail());
        }
        return new ShownPictures(
                material.reading(),
                material.reading() == ChunkReading.FILLED
                        ? times(workspace.output(EncodeChunkCommand.TIMES_FILE))
                        : new double[0]);
    }

    /** What the owner should know. */
    List<Remark> remarks(Task.EncodeChunk task) {
        Grid grid = task.grid();
        Span span = task.span();
        double from = grid.secondsAt(span.from());
        double to = grid.secondsAt(span.to());
        if (reading == ChunkReading.BLACK) {
            return List.of(Remarks.pictureMissing(from, to));
        }
        if (seconds.length == 0) {
            return List.of();
        }
        List<Remark> remarks = new ArrayList<>();
        double frame = grid.secondsAt(1);
        addGap(remarks, Math.max(from, before(from + frame / 2) + frame), Math.min(to, after(from + frame / 2)));
        if (!span.last()) {
            addGap(remarks, Math.max(from, before(to - frame / 2) + frame), Math.min(to, after(to - frame / 2)));
        }
        return remarks.stream().distinct().toList();
    }

    private static void addGap(List<Remark> remarks, double from, double to) {
        if (to - from > UNREMARKABLE_SECONDS) {
            remarks.add(Remarks.pictureMissing(from, to));
        }
    }

    /** The last picture that begins before a time; long ago if there is none. */
    private double before(double time) {
        return Arrays.stream(seconds).filter(second -> second < time).max().orElse(Double.NEGATIVE_INFINITY);
    }

    /** The first picture that begins at a time or after it; far ahead if there is none. */
    private double after(double time) {
        return Arrays.stream(seconds).filter(second -> second >= time).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** Reads lines of stream, decode time, presentation time and more, separated by commas. */
    private static double[] times(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", 4))
                    .filter(fields -> fields.length == 4)
                    .mapToDouble(fields -> Long.parseLong(fields[2].strip()) / TICKS_PER_SECOND)
                    .sorted()
                    .toArray();
        } catch (IOException | NumberFormatException e) {
            throw new AttemptFailedException(FailureCode.OUTPUT_INVALID, "Times were not written: " + e, e);
        }
    }
}
