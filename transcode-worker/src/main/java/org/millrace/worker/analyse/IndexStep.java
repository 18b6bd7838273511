package org.millrace.worker.analyse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.ffmpeg.IndexedPacket;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.Workspace;

/** Counts every packet of a source, track by track: how long it really is. */
@ApplicationScoped
public class IndexStep {

    /** Reading packets takes about a second per hour; a damaged file may take much longer. */
    private static final double LONGEST_SECONDS = 120;

    private final Converter converter;

    @Inject
    IndexStep(Converter converter) {
        this.converter = converter;
    }

    /**
     * The index of a source.
     *
     * @throws AttemptFailedException if the source holds no packet
     */
    public Made run(Attempt attempt, Path source) {
        long size = size(source);
        Workspace workspace = Workspace.ofSource(attempt.scratch("index"), source);
        Tallies tallies = new Tallies();
        Probe probe;
        try {
            probe = converter.header(attempt, workspace, InputName.SOURCE);
            converter.packets(attempt, workspace, LONGEST_SECONDS, packet -> {
                tallies.add(packet);
                report(attempt, packet, size);
            });
        } catch (ProbeException e) {
            throw Complaints.refusal(e.lastWords(), e);
        }
        List<TrackIndex> tracks = tallies.finish(probe);
        if (tracks.stream().noneMatch(track -> track.packets() > 0)) {
            throw new AttemptFailedException(FailureCode.TOO_SHORT, "The source holds no packets");
        }
        Lengths.check(tracks);
        return Made.of(new Result.Index(tracks));
    }

    private static void report(Attempt attempt, IndexedPacket packet, long size) {
        if (packet.position() > 0 && size > 0) {
            attempt.progress((double) packet.position() / size, 0);
        }
    }

    private static long size(Path source) {
        try {
            return Files.size(source);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot read the source: " + e, e);
        }
    }
}
