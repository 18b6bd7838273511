package org.millrace.worker.picture;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.millrace.model.message.Result;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.ffmpeg.CoverCommand;
import org.millrace.worker.ffmpeg.FfmpegCommand;
import org.millrace.worker.ffmpeg.PosterCommand;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.WaveformCommand;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.Publisher;
import org.millrace.worker.verify.JpegVerifier;

/** Makes the picture of a file that has nothing but sound: its cover, or else what its sound looks like. */
@ApplicationScoped
public class CoverStep {

    private final Converter converter;
    private final JpegVerifier verifier;
    private final Publisher publisher;

    @Inject
    CoverStep(Converter converter, JpegVerifier verifier, Publisher publisher) {
        this.converter = converter;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The picture, published. */
    public Made run(Attempt attempt, Task.Cover task, Path source) {
        Path made = task.picture() == null ? null : cover(attempt, source, task.picture());
        if (made == null) {
            FfmpegCommand waveform = new WaveformCommand(task.audio().track()).toCommand(converter.guard());
            made = draw(attempt, source, "waveform", waveform);
        }
        JpegVerifier.Size size = verifier.verify(made);
        Publisher.Stored stored = publisher.put(attempt.setObject(task.set(), PreviewStep.NAME), made);
        return Made.of(new Result.Poster(stored.object(), stored.size(), size.width(), size.height(), stored.sha256()));
    }

    /** The cover; null if it cannot be read, for then the waveform does as well. */
    private Path cover(Attempt attempt, Path source, int stream) {
        try {
            Path cover = draw(attempt, source, "cover", new CoverCommand(stream).toCommand(converter.guard()));
            if (Files.exists(cover)) {
                verifier.verify(cover);
                return cover;
            }
        } catch (AttemptFailedException e) {
            attempt.checkGoing();
        }
        return null;
    }

    private Path draw(Attempt attempt, Path source, String name, FfmpegCommand command) {
        Workspace workspace = Workspace.ofSource(attempt.scratch(name), source);
        converter.run(
                attempt, command, workspace, converter.limits(0, PreviewStep.MOST_BYTES), ProgressListener.SILENT);
        return workspace.output(PosterCommand.FILE_NAME);
    }
}
