package org.millrace.worker.analyse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.Remark;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.Remarks;
import org.millrace.worker.ffmpeg.FfmpegConfig;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.Limits;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.TrialDecodeCommand;
import org.millrace.worker.ffmpeg.Workspace;

/**
 * Reads a source's header and decodes its first pictures. What is not a video that can be shown is refused here, with the
 * reason.
 */
@ApplicationScoped
public class HeaderStep {

    /** Two pictures: enough to know that pictures come, and that they move. */
    private static final int TRIAL_FRAMES = 2;

    /** Containers that hold a still picture as readily as an animation. */
    private static final Set<String> PICTURE_CONTAINERS = Set.of("gif", "apng");

    private final Converter converter;
    private final FfmpegConfig config;

    @Inject
    HeaderStep(Converter converter, FfmpegConfig config) {
        this.converter = converter;
        this.config = config;
    }

    /**
     * The facts of a source.
     *
     * @throws AttemptFailedException with the reason why it is refused
     */
    public Made run(Attempt attempt, Path source) {
        long size = size(source);
        if (size == 0) {
            throw new AttemptFailedException(FailureCode.EMPTY_FILE, null);
        }
        Probe probe = probe(attempt, source);
        MediaFacts facts =
                ProbedFacts.of(probe, size, Wholeness.isProven(probe.format().names(), source));
        if (facts.encrypted() || (facts.container().contains("mp4") && ProtectedBoxes.areIn(source))) {
            throw new AttemptFailedException(FailureCode.ENCRYPTED, null);
        }
        VideoTrack main = facts.mainVideo().orElseThrow(() -> noPicture(facts));
        attempt.progress(0.5, 0);
        tryOut(attempt, source, facts, main);
        return new Made(new Result.Header(facts), remarks(facts));
    }

    private Probe probe(Attempt attempt, Path source) {
        try {
            Workspace workspace = Workspace.ofSource(attempt.scratch("probe"), source);
            return converter.header(attempt, workspace, InputName.SOURCE);
        } catch (ProbeException e) {
            throw Complaints.refusal(e.lastWords(), e);
        }
    }

    private void tryOut(Attempt attempt, Path source, MediaFacts facts, VideoTrack main) {
        Workspace workspace = Workspace.ofSource(attempt.scratch("trial"), source);
        Limits limits = converter.limits(0, 1).withWall(config.probeTimeout()).withStall(config.probeTimeout());
        FfmpegResult result;
        try {
            result = converter.run(
                    attempt,
                    new TrialDecodeCommand(main.index(), TRIAL_FRAMES).toCommand(converter.guard()),
                    workspace,
                    limits,
                    ProgressListener.SILENT);
        } catch (AttemptFailedException e) {
            if (e.code() == FailureCode.TOO_COMPLEX || e.code() == FailureCode.ENCODER_STALLED) {
                throw new AttemptFailedException(
                        FailureCode.NOTHING_DECODABLE, "No picture within " + config.probeTimeout(), e);
            }
            throw e;
        }
        long frames = result.progress().frames();
        if (frames == 0) {
            throw Complaints.undecodable(main, result.stderrTail());
        }
        if (frames == 1 && PICTURE_CONTAINERS.contains(facts.container())) {
            throw new AttemptFailedException(FailureCode.NOT_A_VIDEO, "A still picture");
        }
    }

    private static AttemptFailedException noPicture(MediaFacts facts) {
        boolean hasMoving = facts.video().stream().anyMatch(track -> !track.still());
        if (!hasMoving) {
            return new AttemptFailedException(FailureCode.NO_VIDEO_TRACK, null);
        }
        boolean known = facts.video().stream().anyMatch(track -> !track.still() && !"unknown".equals(track.codec()));
        return new AttemptFailedException(
                known ? FailureCode.NOTHING_DECODABLE : FailureCode.UNKNOWN_CODEC, "The picture has no size");
    }

    private static List<Remark> remarks(MediaFacts facts) {
        boolean silenced = !facts.audio().isEmpty() && facts.audio().stream().noneMatch(AudioTrack::isDecodable);
        return silenced ? List.of(Remarks.SOUND_LEFT_OUT) : List.of();
    }

    private static long size(Path source) {
        try {
            return Files.size(source);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot read the source: " + e, e);
        }
    }
}
