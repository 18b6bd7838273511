package org.millrace.worker.picture;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.Result;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.encode.Pictures;
import org.millrace.worker.ffmpeg.PosterCommand;
import org.millrace.worker.ffmpeg.PosterCommand.Choice;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.SourcePicture;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.Publisher;
import org.millrace.worker.verify.JpegVerifier;

/** Makes a poster from the source: the moment that somebody chose, else a typical picture after the first tenth. */
@ApplicationScoped
public class PreviewStep {

    static final String NAME = "poster.jpg";
    static final long MOST_BYTES = 16 << 20;

    private final Converter converter;
    private final JpegVerifier verifier;
    private final Publisher publisher;

    @Inject
    PreviewStep(Converter converter, JpegVerifier verifier, Publisher publisher) {
        this.converter = converter;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** A way to find a picture. */
    private record Try(Choice choice, Duration position) {}

    /** The poster, published. */
    public Made run(Attempt attempt, Task.Preview task, Path source) {
        SourcePicture picture = Pictures.of(task.video());
        VideoTrack facts = Pictures.facts(task.video());
        Path poster = null;
        for (Try next : tries(task)) {
            PosterCommand command = new PosterCommand(
                    picture,
                    next.position(),
                    Math.max(1, facts.displayWidth()),
                    Math.max(1, facts.displayHeight()),
                    next.choice());
            poster = take(attempt, source, command);
            if (Files.exists(poster)) {
                break;
            }
        }
        JpegVerifier.Size size = verifier.verify(poster);
        Publisher.Stored stored = publisher.put(attempt.setObject(task.set(), NAME), poster);
        return Made.of(new Result.Poster(stored.object(), stored.size(), size.width(), size.height(), stored.sha256()));
    }

    /** Headers lie about lengths, and some files mark no key frames: the very first picture is the last resort. */
    private static List<Try> tries(Task.Preview task) {
        List<Try> tries = new ArrayList<>();
        if (task.atSeconds() != null) {
            Duration moment = Pictures.time(Math.max(0, task.atSeconds()));
            tries.add(new Try(Choice.EXACT, moment));
            tries.add(new Try(Choice.LAST_BEFORE, moment));
        } else {
            tries.add(new Try(Choice.TYPICAL, Pictures.time(task.seconds() / 10)));
        }
        tries.add(new Try(Choice.ANY, Duration.ZERO));
        return tries;
    }

    private Path take(Attempt attempt, Path source, PosterCommand command) {
        String name = command.choice().name().toLowerCase(Locale.ROOT);
        Workspace workspace = Workspace.ofSource(attempt.scratch(name), source);
        converter.run(
                attempt,
                command.toCommand(converter.guard()),
                workspace,
                converter.limits(0, MOST_BYTES),
                ProgressListener.SILENT);
        return workspace.output(PosterCommand.FILE_NAME);
    }
}
