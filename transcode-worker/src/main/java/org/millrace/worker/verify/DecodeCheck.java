package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.ffmpeg.DecodeCheckCommand;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.Workspace;

/** Decodes what was made. */
@ApplicationScoped
public class DecodeCheck {

    private final Converter converter;

    @Inject
    DecodeCheck(Converter converter) {
        this.converter = converter;
    }

    /**
     * Decodes a file, or only its key frames, without a complaint.
     *
     * @return frames of picture that came out
     */
    long frames(Attempt attempt, Path file, double seconds, boolean keyFramesOnly) {
        Workspace workspace = new Workspace(
                attempt.scratch("check-" + file.getFileName()), Map.of(InputName.SOURCE, file.toAbsolutePath()));
        FfmpegResult result = converter.run(
                attempt,
                new DecodeCheckCommand(InputName.SOURCE, keyFramesOnly, attempt.threads()).toCommand(converter.guard()),
                workspace,
                converter.limits(seconds, 1),
                ProgressListener.SILENT);
        if (!result.exitedCleanly() || result.errorLines() > 0) {
            throw Invalid.output(file.getFileName() + " does not decode cleanly: " + result.stderrTail());
        }
        return result.progress().frames();
    }
}
