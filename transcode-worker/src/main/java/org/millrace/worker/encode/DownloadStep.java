package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.LocalObject;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ObjectFiles;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.DownloadCommand;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.Publisher;
import org.millrace.worker.verify.DownloadVerifier;

/** Packs one rendition, the sound, or both into a progressive MP4. */
@ApplicationScoped
public class DownloadStep {

    private static final String NAME = "download.mp4";

    private final Converter converter;
    private final ObjectFiles objects;
    private final ScratchFolder scratch;
    private final DownloadVerifier verifier;
    private final Publisher publisher;

    @Inject
    DownloadStep(
            Converter converter,
            ObjectFiles objects,
            ScratchFolder scratch,
            DownloadVerifier verifier,
            Publisher publisher) {
        this.converter = converter;
        this.objects = objects;
        this.scratch = scratch;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The file, published. */
    public Made run(Attempt attempt, Task.Download task) {
        // Sound that could not be decoded was left out: then there is no such track.
        Map<InputName, EncodedTrack> tracks = new EnumMap<>(InputName.class);
        Optional.ofNullable(task.audioTrack()).flatMap(task::track).ifPresent(it -> tracks.put(InputName.AUDIO, it));
        if (task.videoTrack() != null) {
            tracks.put(
                    InputName.VIDEO,
                    task.track(task.videoTrack()).orElseThrow(() -> missing("rendition " + task.videoTrack())));
        }
        if (tracks.isEmpty()) {
            throw missing("track to pack");
        }
        scratch.requireSpace(
                tracks.values().stream().mapToLong(EncodedTrack::sizeBytes).sum());
        Map<InputName, Path> inputs = new EnumMap<>(InputName.class);
        List<LocalObject> opened = new ArrayList<>();
        try {
            tracks.forEach((name, track) -> {
                opened.add(objects.open(track.object(), attempt));
                inputs.put(name, opened.getLast().path());
            });
            return mux(attempt, task, tracks, inputs);
        } finally {
            opened.forEach(LocalObject::close);
        }
    }

    private Made mux(
            Attempt attempt, Task.Download task, Map<InputName, EncodedTrack> tracks, Map<InputName, Path> inputs) {
        long bytes = tracks.values().stream().mapToLong(EncodedTrack::sizeBytes).sum();
        double seconds = tracks.values().stream()
                .mapToDouble(EncodedTrack::seconds)
                .max()
                .orElseThrow();
        Workspace workspace = new Workspace(attempt.scratch("mux"), inputs);
        converter.run(
                attempt,
                new DownloadCommand(tracks.containsKey(InputName.VIDEO), tracks.containsKey(InputName.AUDIO))
                        .toCommand(converter.guard()),
                workspace,
                converter.limits(seconds, 2 * bytes + (16 << 20)).inSilence(),
                tick -> attempt.progress(0.8 * tick.outTimeSeconds() / Math.max(1, seconds), tick.speed()));
        Path file = workspace.output(DownloadCommand.FILE_NAME);
        verifier.verify(attempt, file, List.copyOf(tracks.values()));
        Publisher.Stored stored = publisher.put(attempt.setObject(task.set(), NAME), file);
        return Made.of(new Result.File(stored.object(), stored.size(), stored.sha256()));
    }

    private static AttemptFailedException missing(String what) {
        return new AttemptFailedException(FailureCode.OUTPUT_INVALID, "There is no " + what);
    }
}
