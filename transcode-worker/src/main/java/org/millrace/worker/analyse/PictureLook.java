package org.millrace.worker.analyse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Remark;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Remarks;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.LookCommand;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.Workspace;

/** Finds out what a header does not say about colours, where it matters: in bright and in transparent pictures. */
@ApplicationScoped
class PictureLook {

    private static final int DIMMEST_PEAK = 100;
    private static final int BRIGHTEST_PEAK = 10_000;

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private final Converter converter;

    @Inject
    PictureLook(Converter converter) {
        this.converter = converter;
    }

    /**
     * A source that was looked at.
     *
     * @param facts with all that is known of the colours of its main picture
     * @param remarks what the owner should know
     */
    record Seen(MediaFacts facts, List<Remark> remarks) {}

    /** The facts of a source whose main picture was seen to decode, completed; unchanged if it has none. */
    Seen at(Attempt attempt, Path source, MediaFacts facts) {
        return facts.mainVideo().map(track -> at(attempt, source, facts, track)).orElse(new Seen(facts, List.of()));
    }

    private Seen at(Attempt attempt, Path source, MediaFacts facts, VideoTrack track) {
        ColorFacts colour = track.color();
        List<Remark> remarks = new ArrayList<>();
        if ("smpte2084".equals(colour.transfer())) {
            Integer peak = peak(attempt, source, track);
            colour = new ColorFacts(
                    colour.primaries(),
                    colour.transfer(),
                    colour.matrix(),
                    colour.range(),
                    peak,
                    colour.premultiplied());
        }
        if (track.hasAlpha()) {
            Transparency transparency = transparency(attempt, source, track);
            if (transparency.used()) {
                remarks.add(Remarks.TRANSPARENCY_REPLACED);
                colour = new ColorFacts(
                        colour.primaries(),
                        colour.transfer(),
                        colour.matrix(),
                        colour.range(),
                        colour.peakNits(),
                        transparency.premultiplied());
            }
        }
        return new Seen(facts.with(track.with(colour)), remarks);
    }

    private Integer peak(Attempt attempt, Path source, VideoTrack track) {
        Workspace workspace = Workspace.ofSource(attempt.scratch("light"), source);
        try {
            return converter
                    .peakNits(attempt, workspace, InputName.SOURCE, track.index())
                    .map(nits -> (int) Math.round(Math.clamp(nits, DIMMEST_PEAK, BRIGHTEST_PEAK)))
                    .orElse(null);
        } catch (ProbeException e) {
            // It is a hint; the usual peak serves as well.
            return null;
        }
    }

    /** What the first pictures show; nothing if they take too long, for then there is better use of the time. */
    private Transparency transparency(Attempt attempt, Path source, VideoTrack track) {
        Workspace workspace = Workspace.ofSource(attempt.scratch("look"), source);
        try {
            converter.run(
                    attempt,
                    new LookCommand(track.index()).toCommand(converter.guard()),
                    workspace,
                    converter.limits(0, LookCommand.MOST_BYTES).withWall(LONGEST_LOOK),
                    ProgressListener.SILENT);
            Path look = workspace.output(LookCommand.FILE_NAME);
            return Transparency.in(Files.exists(look) ? Files.readAllBytes(look) : new byte[0]);
        } catch (AttemptFailedException e) {
            attempt.checkGoing();
            return Transparency.in(new byte[0]);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot read what was decoded: " + e, e);
        }
    }
}
