package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
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

/** Packs one rendition and the sound into a progressive MP4. */
@ApplicationScoped
public class DownloadStep {

    private static final String NAME = "download.mp4";

    /** Moving the index to the front rewrites the file without a word. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

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
        EncodedTrack video = task.track(task.videoTrack())
                .orElseThrow(() -> new AttemptFailedException(
                        FailureCode.OUTPUT_INVALID, "There is no rendition " + task.videoTrack()));
        // Sound that could not be decoded was left out: then there is no such track.
        Optional<EncodedTrack> audio = Optional.ofNullable(task.audioTrack()).flatMap(task::track);
        long bytes = video.sizeBytes() + audio.map(EncodedTrack::sizeBytes).orElse(0L);
        scratch.requireSpace(bytes);
        try (LocalObject picture = objects.open(video.object(), attempt)) {
            if (audio.isEmpty()) {
                return mux(attempt, task, video, picture.path(), Optional.empty(), null);
            }
            try (LocalObject sound = objects.open(audio.get().object(), attempt)) {
                return mux(attempt, task, video, picture.path(), audio, sound.path());
            }
        }
    }

    private Made mux(
            Attempt attempt,
            Task.Download task,
            EncodedTrack video,
            Path picture,
            Optional<EncodedTrack> audio,
            Path sound) {
        Map<InputName, Path> inputs = new EnumMap<>(InputName.class);
        inputs.put(InputName.VIDEO, picture);
        long bytes = video.sizeBytes();
        if (audio.isPresent()) {
            inputs.put(InputName.AUDIO, sound);
            bytes += audio.get().sizeBytes();
        }
        Workspace workspace = new Workspace(attempt.scratch("mux"), inputs);
        converter.run(
                attempt,
                new DownloadCommand(audio.isPresent()).toCommand(converter.guard()),
                workspace,
                converter.limits(video.seconds(), 2 * bytes + (16 << 20)).withStall(SILENCE),
                tick -> attempt.progress(0.8 * tick.outTimeSeconds() / Math.max(1, video.seconds()), tick.speed()));
        Path file = workspace.output(DownloadCommand.FILE_NAME);
        verifier.verify(attempt, file, video, audio);
        Publisher.Stored stored = publisher.put(attempt.setObject(task.set(), NAME), file);
        return Made.of(new Result.File(stored.object(), stored.size(), stored.sha256()));
    }
}
