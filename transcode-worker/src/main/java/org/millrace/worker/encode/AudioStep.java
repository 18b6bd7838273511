package org.millrace.worker.encode;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.Remarks;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.EncodeAudioCommand;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProbeStream;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.mp4.FragmentReader;
import org.millrace.worker.publish.Publisher;
import org.millrace.worker.publish.VerifiedTrack;
import org.millrace.worker.verify.AudioVerifier;

/**
 * Makes one audio track, whole. Sound that cannot be decoded at all does not stop a video: the result has no track then,
 * and a remark.
 */
@ApplicationScoped
public class AudioStep {

    private static final Logger LOG = Logger.getLogger(AudioStep.class);
    private static final double ENCODING = 0.95;

    /** Decoders may add some silence to the end; time stamps gone wild must not add hours of it. */
    private static final double SECONDS_OVER = 0.5;

    private final Converter converter;
    private final ScratchFolder scratch;
    private final AudioVerifier verifier;
    private final Publisher publisher;

    @Inject
    AudioStep(Converter converter, ScratchFolder scratch, AudioVerifier verifier, Publisher publisher) {
        this.converter = converter;
        this.scratch = scratch;
        this.verifier = verifier;
        this.publisher = publisher;
    }

    /** The track, published; none if nothing could be decoded. */
    public Made run(Attempt attempt, Task.EncodeAudio task, Path source) {
        scratch.requireSpace(mostBytes(task));
        int channels = channels(attempt, task, source);
        for (boolean tolerant : attempt.isTolerant() ? List.of(true) : List.of(false, true)) {
            Workspace workspace = Workspace.ofSource(attempt.scratch(tolerant ? "tolerant" : "plain"), source);
            FfmpegResult result = encode(attempt, task, workspace, channels, tolerant);
            Path file = workspace.output(EncodeAudioCommand.FILE_NAME);
            if (hasSound(file)) {
                List<Remark> remarks = new ArrayList<>();
                VerifiedTrack track = verifier.verify(attempt, file, task.seconds(), remarks);
                return new Made(
                        new Result.Tracks(List.of(
                                publisher.publish(attempt.workObject(task.name() + ".mp4"), task.name(), track))),
                        remarks);
            }
            LOG.infof("No sound from track %d: %s", task.audio().track(), result.stderrTail());
        }
        return new Made(new Result.Tracks(List.of()), List.of(Remarks.SOUND_LEFT_OUT));
    }

    private static boolean hasSound(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try (FragmentReader reader = FragmentReader.open(file)) {
            return reader.next().isPresent();
        } catch (IOException e) {
            LOG.debugf("Not sound: %s", e.getMessage());
            return false;
        }
    }

    private FfmpegResult encode(
            Attempt attempt, Task.EncodeAudio task, Workspace workspace, int channels, boolean tolerant) {
        EncodeAudioCommand command = new EncodeAudioCommand(
                task.audio().track(),
                Pictures.time(task.audio().startSeconds()),
                Optional.of(Pictures.time(task.seconds() + SECONDS_OVER)),
                channels,
                task.bitrateKbit(),
                tolerant);
        return converter.run(
                attempt,
                command.toCommand(converter.guard()),
                workspace,
                converter.limits(task.seconds(), 2 * mostBytes(task)),
                tick -> attempt.progress(ENCODING * tick.outTimeSeconds() / Math.max(1, task.seconds()), tick.speed()));
    }

    private int channels(Attempt attempt, Task.EncodeAudio task, Path source) {
        try {
            Probe probe =
                    converter.header(attempt, Workspace.ofSource(attempt.scratch("probe"), source), InputName.SOURCE);
            ProbeStream stream = Pictures.stream(probe, task.audio().track());
            return stream.channels() != null && stream.channels() == 1 ? 1 : 2;
        } catch (ProbeException e) {
            throw new AttemptFailedException(FailureCode.DECODE_FAILED, e.getMessage(), e);
        }
    }

    private static long mostBytes(Task.EncodeAudio task) {
        return (long) ((task.seconds() + 10) * task.bitrateKbit() * 150) + (1 << 20);
    }
}
