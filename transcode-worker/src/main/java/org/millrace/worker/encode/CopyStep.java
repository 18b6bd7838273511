package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.Task;
import org.millrace.model.task.Task.Part;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.CopyCommand;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.PartPublisher;
import org.millrace.worker.publish.Series;
import org.millrace.worker.publish.VerifiedTrack;
import org.millrace.worker.verify.CopyCheck;
import org.millrace.worker.verify.CopyVerifier;
import org.millrace.worker.verify.KeyFrameCheck;

/**
 * Copies the picture of a compatible source and publishes it as it comes. A copy that cannot be played as it is fails: the
 * picture is encoded then.
 */
@ApplicationScoped
public class CopyStep {

    /** A part is read a little further than it goes, so that its last GOP is whole. */
    private static final double LEAD_SECONDS_OVER = 5;

    /** Parts that wait to be published. */
    private static final long MOST_WAITING = 1L << 30;

    private final Converter converter;
    private final ScratchFolder scratch;
    private final CopyVerifier verifier;
    private final KeyFrameCheck keyFrames;
    private final PartPublisher publisher;

    @Inject
    CopyStep(
            Converter converter,
            ScratchFolder scratch,
            CopyVerifier verifier,
            KeyFrameCheck keyFrames,
            PartPublisher publisher) {
        this.converter = converter;
        this.scratch = scratch;
        this.verifier = verifier;
        this.keyFrames = keyFrames;
        this.publisher = publisher;
    }

    /** The parts of the copy, published. */
    public Made run(Attempt attempt, Task.Remux task, Path source) {
        if (task.set() == null || task.seconds() == null) {
            throw new AttemptFailedException(FailureCode.INTERNAL, "The task is of version 1");
        }
        VideoTrack picture = Pictures.facts(task.video());
        long size = size(source);
        scratch.requireSpace(Math.min(size, MOST_WAITING));
        boolean lead = task.part() == Part.LEAD;
        long skipTicks = task.skipTicks() == null ? 0 : task.skipTicks();
        CopyCheck check = new CopyCheck(picture, skipTicks, lead ? task.seconds() : Double.MAX_VALUE);
        TrackFeed feed = new TrackFeed(attempt.scratch("parts"), check, Optional.empty(), 2 * size + (16 << 20));
        Optional<ObjectKey> init = skipTicks > 0
                ? Optional.empty()
                : Optional.of(attempt.setObject(task.set(), task.name() + ".init.mp4"));
        Series series = publisher.begin(attempt, task.name(), init);
        FfmpegResult result = converter.stream(
                attempt,
                command(task, lead).toCommand(converter.guard()),
                Workspace.ofSource(attempt.scratch("copy"), source),
                converter.limits(task.seconds(), 1),
                feed,
                tick -> attempt.progress(tick.outTimeSeconds() / Math.max(1, task.seconds()), tick.speed()),
                () -> feed.forEach(part -> publish(attempt, series, part)));
        verifier.verify(check, result);
        return Made.of(Result.Tracks.of(series.tracks()));
    }

    /** Somebody waits for the first part: its key frames are decoded when it is on its way. */
    private void publish(Attempt attempt, Series series, VerifiedTrack part) {
        KeyFrameCheck.Held held = keyFrames.hold(attempt, part);
        if (series.tracks().isEmpty()) {
            series.publish(part);
            keyFrames.check(attempt, held);
        } else {
            keyFrames.check(attempt, held);
            series.publish(part);
        }
    }

    private static CopyCommand command(Task.Remux task, boolean lead) {
        Optional<Duration> length =
                lead ? Optional.of(Pictures.time(task.seconds() + LEAD_SECONDS_OVER)) : Optional.empty();
        return new CopyCommand(task.video().track(), Pictures.time(task.video().startSeconds()), length);
    }

    private static long size(Path source) {
        try {
            return Files.size(source);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot read the source: " + e, e);
        }
    }
}
