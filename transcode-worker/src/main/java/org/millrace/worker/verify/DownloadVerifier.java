package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.millrace.model.task.EncodedTrack;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProbeStream;
import org.millrace.worker.ffmpeg.Workspace;

/** Verifies a progressive file: the tracks that were put in, each with all of its samples. */
@ApplicationScoped
public class DownloadVerifier {

    private final Converter converter;

    @Inject
    DownloadVerifier(Converter converter) {
        this.converter = converter;
    }

    /** Verifies a file against the tracks it was made of, in their order. */
    public void verify(Attempt attempt, Path file, List<EncodedTrack> tracks) {
        List<ProbeStream> streams = probe(attempt, file).streams();
        if (streams.size() != tracks.size()) {
            throw Invalid.output("The download has " + streams.size() + " tracks");
        }
        for (int i = 0; i < tracks.size(); i++) {
            requireSamples(streams.get(i), tracks.get(i));
        }
    }

    private Probe probe(Attempt attempt, Path file) {
        try {
            return converter.header(attempt, Workspace.ofSource(attempt.scratch("probe"), file), InputName.SOURCE);
        } catch (ProbeException e) {
            throw Invalid.output(e.getMessage(), e);
        }
    }

    private static void requireSamples(ProbeStream stream, EncodedTrack track) {
        if (stream.frames() == null || stream.frames() != track.samples()) {
            throw Invalid.output("The download has " + stream.frames() + " samples of " + track.name() + " instead of "
                    + track.samples());
        }
    }
}
