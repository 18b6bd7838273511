package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.millrace.model.media.Loudness;
import org.millrace.model.message.Result;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.MeasureLoudnessCommand;
import org.millrace.worker.ffmpeg.Workspace;

/** Measures how loud a sound is, mixed down as it will be heard. */
@ApplicationScoped
public class LoudnessStep {

    private final Converter converter;

    @Inject
    LoudnessStep(Converter converter) {
        this.converter = converter;
    }

    /** The loudness; that of silence if nothing can be heard. */
    public Made run(Attempt attempt, Task.MeasureLoudness task, Path source) {
        FfmpegResult result = converter.run(
                attempt,
                new MeasureLoudnessCommand(Sounds.of(task.audio())).toCommand(converter.guard()),
                Workspace.ofSource(attempt.scratch("loudness"), source),
                converter.limits(task.seconds(), 1),
                tick -> attempt.progress(tick.outTimeSeconds() / Math.max(1, task.seconds()), tick.speed()));
        MeasureLoudnessCommand.Measured measured = MeasureLoudnessCommand.read(result.stderrTail());
        Loudness loudness = measured == null
                ? new Loudness(null, null)
                : new Loudness(measured.integratedLufs(), measured.truePeakDb());
        return Made.of(new Result.Measured(loudness));
    }
}
