package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Result;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;
import org.millrace.model.task.Task.Part;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.Remarks;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.EncodeAudioCommand;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.PartPublisher;
import org.millrace.worker.publish.Series;
import org.millrace.worker.verify.AudioVerifier;
import org.millrace.worker.verify.SoundCheck;

/**
 * Makes one audio track, or a part of it, and publishes it as it grows. Every run encodes from the start, because only then
 * does it make the same packets; what exists already is dropped. Sound that cannot be decoded at all does not stop a
 * video: the result has no track then, and a remark.
 */
@ApplicationScoped
public class AudioStep {

    private static final Logger LOG = Logger.getLogger(AudioStep.class);
    private static final String COPY = "whole.mp4";
    private static final double ENCODING = 0.95;

    /** Decoders may add some silence to the end; time stamps gone wild must not add hours of it. */
    private static final double SECONDS_OVER = 0.5;

    /** A part is encoded a little further than it goes, so that its end is not the encoder's end. */
    private static final double LEAD_SECONDS_OVER = 5;

    private static final double REMARKABLE_SECONDS = 1;

    private final Converter converter;
    private final ScratchFolder scratch;
    private final AudioVerifier verifier;
    private final PartPublisher publisher;

    @Inject
    AudioStep(Converter converter, ScratchFolder scratch, AudioVerifier verifier, PartPublisher publisher) {
        this.converter = converter;
        this.scratch = scratch;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The track's parts, published; none if nothing could be decoded. */
    public Made run(Attempt attempt, Task.EncodeAudio task, Path source) {
        scratch.requireSpace(2 * mostBytes(task));
        for (boolean tolerant : attempt.isTolerant() ? List.of(true) : List.of(false, true)) {
            Optional<Made> made = make(attempt, task, source, tolerant);
            if (made.isPresent()) {
                return made.get();
            }
        }
        return new Made(Result.Tracks.of(List.of()), List.of(Remarks.SOUND_LEFT_OUT));
    }

    /** Empty if nothing was heard. */
    private Optional<Made> make(Attempt attempt, Task.EncodeAudio task, Path source, boolean tolerant) {
        String name = tolerant ? "tolerant" : "plain";
        Workspace workspace = Workspace.ofSource(attempt.scratch(name), source);
        SoundCheck check = new SoundCheck(skipTicks(task), isLead(task) ? task.seconds() : Double.MAX_VALUE);
        TrackFeed feed = new TrackFeed(
                attempt.scratch("parts-" + name), check, Optional.of(workspace.output(COPY)), 2 * mostBytes(task));
        Series series = publisher.begin(attempt, task.name(), init(attempt, task));
        FfmpegResult result = converter.stream(
                attempt,
                command(task, tolerant).toCommand(converter.guard()),
                workspace,
                converter.limits(task.seconds(), 1),
                feed,
                tick -> attempt.progress(ENCODING * tick.outTimeSeconds() / Math.max(1, task.seconds()), tick.speed()),
                () -> feed.forEach(series::publish));
        if (!check.isHeard()) {
            LOG.infof("No sound from track %d: %s", task.audio().track(), result.stderrTail());
            return Optional.empty();
        }
        double end = verifier.verify(attempt, workspace, COPY, check);
        return Optional.of(new Made(Result.Tracks.of(series.tracks()), remarks(task, end)));
    }

    private static EncodeAudioCommand command(Task.EncodeAudio task, boolean tolerant) {
        return new EncodeAudioCommand(
                Sounds.of(task.audio()),
                Pictures.time(task.seconds() + (isLead(task) ? LEAD_SECONDS_OVER : SECONDS_OVER)),
                task.bitrateKbit(),
                task.gainDb() == null ? 0 : task.gainDb(),
                tolerant);
    }

    private static List<Remark> remarks(Task.EncodeAudio task, double end) {
        List<Remark> remarks = new ArrayList<>();
        if (!isLead(task) && task.seconds() - end > Math.max(REMARKABLE_SECONDS, task.seconds() / 100)) {
            remarks.add(Remarks.soundEndsEarly(end, task.seconds()));
        }
        return remarks;
    }

    private static Optional<ObjectKey> init(Attempt attempt, Task.EncodeAudio task) {
        return task.set() == null || skipTicks(task) > 0
                ? Optional.empty()
                : Optional.of(attempt.setObject(task.set(), task.name() + ".init.mp4"));
    }

    private static boolean isLead(Task.EncodeAudio task) {
        return task.part() == Part.LEAD;
    }

    private static long skipTicks(Task.EncodeAudio task) {
        return task.skipTicks() == null ? 0 : task.skipTicks();
    }

    private static long mostBytes(Task.EncodeAudio task) {
        return (long) ((task.seconds() + 10) * task.bitrateKbit() * 150) + (1 << 20);
    }
}
