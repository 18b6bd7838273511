package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.ffmpeg.MadeCheckCommand.Made;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.VerifiedTrack;

/** Decodes the key frames of a picture that others have encoded, each of which begins a fragment. */
@ApplicationScoped
public class KeyFrameCheck {

    private static final String LINK = "part.mp4";

    private final DecodeCheck decoding;

    @Inject
    KeyFrameCheck(DecodeCheck decoding) {
        this.decoding = decoding;
    }

    /**
     * A track that can be checked even when its file was given away.
     *
     * @param track what it holds
     * @param workspace where a second name of it is
     */
    public record Held(VerifiedTrack track, Workspace workspace) {}

    /** Keeps hold of a track's bytes. */
    public Held hold(Attempt attempt, VerifiedTrack track) {
        Workspace workspace =
                new Workspace(attempt.scratch("keys-" + track.file().getFileName()), Map.of());
        try {
            Files.createDirectories(workspace.outputDirectory());
            Files.createLink(workspace.output(LINK), track.file());
            return new Held(track, workspace);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot hold a part: " + e, e);
        }
    }

    /** Decodes the key frames and lets go. */
    public void check(Attempt attempt, Held held) {
        long expected = held.track().content().fragments().size();
        long decoded = decoding.count(
                        attempt,
                        held.workspace(),
                        List.of(new Made(LINK, true)),
                        held.track().seconds())
                .getFirst();
        if (decoded != expected) {
            throw Invalid.output("Of " + expected + " key frames " + decoded + " could be decoded");
        }
        letGo(held.workspace().output(LINK));
    }

    private static void letGo(Path link) {
        try {
            Files.delete(link);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot remove " + link + ": " + e, e);
        }
    }
}
