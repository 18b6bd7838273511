package org.millrace.worker.subtitle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.millrace.model.media.SubtitleTrack;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.Remark;
import org.millrace.model.task.StoredFile;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.SubtitlesCommand;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.Publisher;

/** Takes all subtitles made of text out of a source and publishes those that hold any. */
@ApplicationScoped
public class SubtitleStep {

    /** Each is an open file of the converter. */
    private static final int MOST_TRACKS = 64;

    private static final long MOST_BYTES = 16 << 20;

    private final Converter converter;
    private final Publisher publisher;

    @Inject
    SubtitleStep(Converter converter, Publisher publisher) {
        this.converter = converter;
        this.publisher = publisher;
    }

    /** The subtitles, published. */
    public Made run(Attempt attempt, Task.ExtractSubtitles task, Path source) {
        List<SubtitleTrack> taken = task.tracks().stream().limit(MOST_TRACKS).toList();
        List<Integer> streams = taken.stream().map(SubtitleTrack::index).toList();
        Workspace workspace = Workspace.ofSource(attempt.scratch("subtitles"), source);
        converter.run(
                attempt,
                new SubtitlesCommand(streams).toCommand(converter.guard()),
                workspace,
                // A file that says nothing for an hour is read to its end without a word of progress.
                converter.limits(0, MOST_BYTES).inSilence(),
                ProgressListener.SILENT);
        List<Result.SubtitleFile> files = new ArrayList<>();
        for (SubtitleTrack track : taken) {
            Path raw = workspace.output(SubtitlesCommand.fileName(track.index()));
            List<Cue> cues = Files.exists(raw) ? cues(raw, task.startSeconds()) : List.of();
            if (!cues.isEmpty()) {
                files.add(publish(attempt, task, track, cues));
            }
        }
        return new Made(new Result.Subtitles(files), remarks(task.tracks().size()));
    }

    private static List<Remark> remarks(int tracks) {
        return tracks <= MOST_TRACKS
                ? List.of()
                : List.of(new Remark(
                        Remark.Kind.NOTE,
                        "The file has " + tracks + " subtitle tracks; the first " + MOST_TRACKS + " were kept."));
    }

    private static List<Cue> cues(Path raw, double startSeconds) {
        try {
            return WebVtt.read(raw, startSeconds);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot read subtitles: " + e, e);
        }
    }

    private Result.SubtitleFile publish(
            Attempt attempt, Task.ExtractSubtitles task, SubtitleTrack track, List<Cue> cues) {
        String name = SubtitlesCommand.fileName(track.index());
        Path file = attempt.scratch(name);
        try {
            Files.writeString(file, WebVtt.write(cues));
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.OUT_OF_SPACE, "Cannot write subtitles: " + e, e);
        }
        Publisher.Stored stored = publisher.put(attempt.setObject(task.set(), name), file);
        StoredFile written = new StoredFile(stored.object(), stored.size(), stored.sha256());
        return new Result.SubtitleFile(track, written, cues.size());
    }
}
