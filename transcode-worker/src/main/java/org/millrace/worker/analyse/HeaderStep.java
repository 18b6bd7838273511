package org.millrace.worker.analyse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.Remark;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.Remarks;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.Workspace;

/**
 * Reads a source's header and the packets of its beginning, and meanwhile decodes its first pictures: somebody waits for
 * the answer. What can neither be seen nor heard is refused here, with the reason.
 */
@ApplicationScoped
public class HeaderStep {

    /** A file up to this size, if all of it is here, is read to its end at once: that takes less time than another task. */
    private static final long SMALL = 128L << 20;

    private static final Duration BEGINNING = Duration.ofSeconds(20);

    /** Containers that hold a still picture as readily as an animation. */
    private static final Set<String> PICTURE_CONTAINERS = Set.of("gif", "apng");

    private static final int UNSHOWABLE_DOLBY_VISION = 5;

    private final Converter converter;
    private final TrialDecode trial;
    private final PictureLook look;

    @Inject
    HeaderStep(Converter converter, TrialDecode trial, PictureLook look) {
        this.converter = converter;
        this.trial = trial;
        this.look = look;
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
        boolean whole = size <= SMALL && attempt.readsWhole();
        try (TrialDecode.Pending first = trial.beginFirstPicture(attempt, source)) {
            Tallies tallies = new Tallies();
            Probe probe = probe(attempt, source, whole, tallies);
            List<TrackIndex> packets = tallies.finish(probe);
            Lengths.check(packets);
            MediaFacts facts = facts(probe, size, source);
            if (whole) {
                facts = Stills.recognised(facts, packets);
            }
            attempt.progress(0.5, 0);
            requireSomething(attempt, source, facts, probe.complaints(), first);
            PictureLook.Seen seen = look.at(attempt, source, facts);
            List<Remark> remarks = new ArrayList<>(remarks(facts));
            remarks.addAll(seen.remarks());
            return new Made(new Result.Header(seen.facts(), packets, whole), remarks);
        }
    }

    private Probe probe(Attempt attempt, Path source, boolean whole, Tallies tallies) {
        try {
            Workspace workspace = Workspace.ofSource(attempt.scratch("probe"), source);
            return converter.opening(
                    attempt, workspace, whole ? Optional.empty() : Optional.of(BEGINNING), tallies::add);
        } catch (ProbeException e) {
            throw Complaints.refusal(e.lastWords(), e);
        }
    }

    private static MediaFacts facts(Probe probe, long size, Path source) {
        MediaFacts facts =
                ProbedFacts.of(probe, size, Wholeness.isProven(probe.format().names(), source));
        if (facts.encrypted() || (facts.container().contains("mp4") && ProtectedBoxes.areIn(source))) {
            throw new AttemptFailedException(FailureCode.ENCRYPTED, null);
        }
        return facts;
    }

    private void requireSomething(
            Attempt attempt, Path source, MediaFacts facts, List<String> complaints, TrialDecode.Pending first) {
        Optional<VideoTrack> main = facts.mainVideo();
        if (main.isPresent()) {
            requirePicture(attempt, source, facts, main.get(), first);
        } else if (facts.video().stream().anyMatch(track -> !track.still())) {
            throw sizeless(facts, complaints);
        } else if (facts.audio().stream()
                .filter(AudioTrack::isDecodable)
                .noneMatch(track -> trial.isHeard(attempt, source, track.index()))) {
            throw new AttemptFailedException(FailureCode.NO_VIDEO_TRACK, null);
        }
    }

    private void requirePicture(
            Attempt attempt, Path source, MediaFacts facts, VideoTrack main, TrialDecode.Pending first) {
        if (main.dolbyVisionProfile() != null && main.dolbyVisionProfile() == UNSHOWABLE_DOLBY_VISION) {
            throw new AttemptFailedException(FailureCode.DOLBY_VISION, null);
        }
        boolean mainIsFirst = facts.video().stream()
                .filter(track -> !track.still())
                .findFirst()
                .filter(main::equals)
                .isPresent();
        TrialDecode.Tried tried = mainIsFirst ? first.await() : trial.picture(attempt, source, main.index());
        if (tried.frames() == 0) {
            throw Complaints.undecodable(main, tried.lastWords());
        }
        if (tried.frames() == 1 && PICTURE_CONTAINERS.contains(facts.container())) {
            throw new AttemptFailedException(FailureCode.NOT_A_VIDEO, "A still picture");
        }
    }

    private static AttemptFailedException sizeless(MediaFacts facts, List<String> complaints) {
        if (Complaints.isTooLarge(complaints)) {
            return new AttemptFailedException(FailureCode.PICTURE_TOO_LARGE, complaints.getLast());
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
