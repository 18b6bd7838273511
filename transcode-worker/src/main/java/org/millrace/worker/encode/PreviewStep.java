package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.PosterCommand;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProbeStream;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.SourcePicture;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.Publisher;
import org.millrace.worker.verify.JpegVerifier;

/** Makes the poster: a typical picture from the first tenth of the video, else its very first. */
@ApplicationScoped
public class PreviewStep {

    private static final String NAME = "poster.jpg";
    private static final long MOST_BYTES = 16 << 20;
    private static final int CANDIDATES = 5;

    private final Converter converter;
    private final JpegVerifier verifier;
    private final Publisher publisher;

    @Inject
    PreviewStep(Converter converter, JpegVerifier verifier, Publisher publisher) {
        this.converter = converter;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The poster, published. */
    public Made run(Attempt attempt, Task.Preview task, Path source) {
        ProbeStream stream = stream(attempt, task, source);
        SourcePicture picture =
                Pictures.of(stream, task.video(), Pictures.time(task.video().startSeconds()));
        Duration tenth = Pictures.time(task.seconds() / 10);
        Path poster = attemptPoster(attempt, source, "tenth", command(stream, picture, tenth, CANDIDATES, true));
        if (!Files.exists(poster)) {
            poster = attemptPoster(attempt, source, "first", command(stream, picture, Duration.ZERO, 2, false));
        }
        JpegVerifier.Size size = verifier.verify(poster);
        Publisher.Stored stored = publisher.put(attempt.setObject(task.set(), NAME), poster);
        return Made.of(new Result.Poster(stored.object(), stored.size(), size.width(), size.height()));
    }

    private Path attemptPoster(Attempt attempt, Path source, String name, PosterCommand command) {
        Workspace workspace = Workspace.ofSource(attempt.scratch(name), source);
        converter.run(
                attempt,
                command.toCommand(converter.guard()),
                workspace,
                converter.limits(0, MOST_BYTES),
                ProgressListener.SILENT);
        return workspace.output(PosterCommand.FILE_NAME);
    }

    private static PosterCommand command(
            ProbeStream stream, SourcePicture picture, Duration position, int candidates, boolean keyFramesOnly) {
        double aspect =
                stream.sampleAspect() == null ? 1 : stream.sampleAspect().value();
        int width = stream.width() == null ? 1 : Math.max(1, (int) Math.round(stream.width() * aspect));
        int height = stream.height() == null ? 1 : stream.height();
        boolean turned = Math.round(stream.rotation() / 90f) % 2 != 0;
        return new PosterCommand(
                picture, position, turned ? height : width, turned ? width : height, candidates, keyFramesOnly);
    }

    private ProbeStream stream(Attempt attempt, Task.Preview task, Path source) {
        try {
            Probe probe =
                    converter.header(attempt, Workspace.ofSource(attempt.scratch("probe"), source), InputName.SOURCE);
            return Pictures.stream(probe, task.video().track());
        } catch (ProbeException e) {
            throw new AttemptFailedException(FailureCode.DECODE_FAILED, e.getMessage(), e);
        }
    }
}
