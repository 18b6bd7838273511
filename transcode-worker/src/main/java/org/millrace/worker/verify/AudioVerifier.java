package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.ffmpeg.MadeCheckCommand.Made;
import org.millrace.worker.ffmpeg.Workspace;

/** Verifies a sound whose fragments were checked as they came: all of it is decoded. */
@ApplicationScoped
public class AudioVerifier {

    private final DecodeCheck decoding;

    @Inject
    AudioVerifier(DecodeCheck decoding) {
        this.decoding = decoding;
    }

    /**
     * Verifies what a run has made.
     *
     * @param workspace where it was made
     * @param file name of the file that all fragments which are kept were written to
     * @param check has taken all of them
     * @return where the sound ends, in seconds
     */
    public double verify(Attempt attempt, Workspace workspace, String file, SoundCheck check) {
        double end = check.finish();
        if (check.keptSamples() > 0
                && decoding.count(attempt, workspace, List.of(new Made(file, false)), end)
                                .getFirst()
                        == 0) {
            throw Invalid.output("Nothing can be heard of the sound");
        }
        return end;
    }
}
