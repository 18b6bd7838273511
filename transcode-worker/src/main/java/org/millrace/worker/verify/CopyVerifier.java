package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import org.millrace.worker.ffmpeg.FfmpegResult;

/** Verifies a copied picture whose fragments were checked as they came: it is what the source holds. */
@ApplicationScoped
public class CopyVerifier {

    /** What ffmpeg says when it has to move a time that it should copy. */
    private static final String MOVED = "Non-monoton";

    /**
     * Verifies what a run has made.
     *
     * @param check has taken all of its fragments
     * @param result how it ended
     */
    public void verify(CopyCheck check, FfmpegResult result) {
        boolean moved = result.stderrTail().stream().anyMatch(line -> line.contains(MOVED));
        if (!result.exitedCleanly() || result.errorLines() > 0 || moved) {
            throw Invalid.output("The source cannot be copied as it is: " + result.stderrTail());
        }
        check.finish(result.progress().frames());
    }
}
