package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProbeStream;
import org.millrace.worker.ffmpeg.Workspace;

/** Verifies a moving preview: one picture track of the right size, about as long as it should be. */
@ApplicationScoped
public class PreviewVerifier {

    private static final double TOLERANCE = 0.3;

    private final Converter converter;

    @Inject
    PreviewVerifier(Converter converter) {
        this.converter = converter;
    }

    /** Verifies a file. */
    public void verify(Attempt attempt, Path file, double seconds, int width, int height) {
        List<ProbeStream> streams = streams(attempt, file);
        if (streams.size() != 1 || !"h264".equals(streams.getFirst().codec())) {
            throw Invalid.output("The preview has not exactly one track of H.264");
        }
        ProbeStream picture = streams.getFirst();
        if (!Integer.valueOf(width).equals(picture.width())
                || !Integer.valueOf(height).equals(picture.height())) {
            throw Invalid.output("The preview has " + picture.width() + "×" + picture.height() + " pixels");
        }
        double made = picture.duration() == null ? 0 : picture.duration().toMillis() / 1000.0;
        if (Math.abs(made - seconds) > TOLERANCE * seconds) {
            throw Invalid.output("The preview lasts " + made + " s instead of " + seconds + " s");
        }
    }

    private List<ProbeStream> streams(Attempt attempt, Path file) {
        try {
            return converter
                    .header(attempt, Workspace.ofSource(attempt.scratch("probe-preview"), file), InputName.SOURCE)
                    .streams();
        } catch (ProbeException e) {
            throw Invalid.output(e.getMessage(), e);
        }
    }
}
