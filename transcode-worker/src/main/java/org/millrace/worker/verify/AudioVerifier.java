package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.millrace.model.task.Remark;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Remarks;
import org.millrace.worker.mp4.FragmentInfo;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.mp4.Track;
import org.millrace.worker.publish.VerifiedTrack;

/** Verifies an audio track: every fragment, its start, its end, and all of it decoded. */
@ApplicationScoped
public class AudioVerifier {

    /** Codecs swallow or add a few packets at either end. */
    private static final double TOLERANCE_SECONDS = 0.25;

    private static final double REMARKABLE_SECONDS = 1;

    private final DecodeCheck decoding;

    @Inject
    AudioVerifier(DecodeCheck decoding) {
        this.decoding = decoding;
    }

    /**
     * Verifies a file.
     *
     * @param planned where the sound should end, in seconds
     * @param remarks takes what the owner should know
     */
    public VerifiedTrack verify(Attempt attempt, Path file, double planned, List<Remark> remarks) {
        Mp4File content = read(file);
        Track track = content.init().track();
        if (track.kind() != Track.Kind.AUDIO || content.fragments().isEmpty()) {
            throw Invalid.output("There is no sound in the audio track");
        }
        double start = track.shownAt(content.fragments().getFirst().baseDecodeTime()) / (double) track.timescale();
        if (Math.abs(start) > TOLERANCE_SECONDS) {
            throw Invalid.output("The sound begins at second " + start);
        }
        requireNoGap(content);
        VerifiedTrack verified = new VerifiedTrack(file, content, content.init().sha256());
        if (planned - verified.seconds() > Math.max(REMARKABLE_SECONDS, planned / 100)) {
            remarks.add(Remarks.soundEndsEarly(verified.seconds(), planned));
        }
        decoding.frames(attempt, file, verified.seconds(), false);
        return verified;
    }

    private static Mp4File read(Path file) {
        try {
            return Mp4File.read(file);
        } catch (IOException e) {
            throw Invalid.output(e.getMessage(), e);
        }
    }

    private static void requireNoGap(Mp4File content) {
        long expected = content.fragments().getFirst().baseDecodeTime();
        for (FragmentInfo fragment : content.fragments()) {
            if (fragment.baseDecodeTime() != expected) {
                throw Invalid.output("The sound has a gap at tick " + expected);
            }
            expected = fragment.endDecodeTime();
        }
    }
}
