package org.millrace.worker.analyse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
import org.millrace.worker.ffmpeg.IndexedPacket;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProbeStream;
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
     * The index of a source, with a remark if it is cut off.
     *
     * @throws AttemptFailedException if the source holds no packet of its picture
     */
    public Made run(Attempt attempt, Path source) {
        long size = size(source);
        Workspace workspace = Workspace.ofSource(attempt.scratch("index"), source);
        Map<Integer, PacketTally> tallies = new TreeMap<>();
        Probe probe;
        try {
            probe = converter.header(attempt, workspace, InputName.SOURCE);
            Set<Integer> counted = probe.streams().stream()
                    .filter(stream ->
                            stream.type().equals("video") || stream.type().equals("audio"))
                    .map(ProbeStream::index)
                    .collect(Collectors.toSet());
            converter.packets(attempt, workspace, LONGEST_SECONDS, packet -> {
                if (counted.contains(packet.stream())) {
                    count(attempt, packet, tallies, size);
                }
            });
        } catch (ProbeException e) {
            throw Complaints.refusal(e.lastWords(), e);
        }
        List<TrackIndex> tracks =
                tallies.values().stream().map(PacketTally::finish).toList();
        MediaFacts facts =
                ProbedFacts.of(probe, size, Wholeness.isProven(probe.format().names(), source));
        return new Made(new Result.Index(tracks), remarks(facts, tracks));
    }

    private static void count(Attempt attempt, IndexedPacket packet, Map<Integer, PacketTally> tallies, long size) {
        tallies.computeIfAbsent(packet.stream(), PacketTally::new).add(packet);
        if (packet.position() > 0 && size > 0) {
            attempt.progress((double) packet.position() / size, 0);
        }
    }

    private static List<Remark> remarks(MediaFacts facts, List<TrackIndex> tracks) {
        VideoTrack main =
                facts.mainVideo().orElseThrow(() -> new AttemptFailedException(FailureCode.NO_VIDEO_TRACK, null));
        TrackIndex index = tracks.stream()
                .filter(track -> track.track() == main.index() && track.packets() > 0)
                .findFirst()
                .orElseThrow(() -> new AttemptFailedException(FailureCode.TOO_SHORT, "The picture has no packets"));
        return endsEarly(facts, main, index, tracks).stream().toList();
    }

    /** A whole file that holds less than its header promises is not cut off: its header is wrong. */
    private static Optional<Remark> endsEarly(
            MediaFacts facts, VideoTrack main, TrackIndex index, List<TrackIndex> tracks) {
        // The length of the file is that of its longest track, which need not be the picture.
        boolean isOwn = main.durationSeconds() != null;
        Double promised = isOwn ? main.durationSeconds() : facts.durationSeconds();
        double last = isOwn
                ? index.endSeconds()
                : tracks.stream().mapToDouble(TrackIndex::endSeconds).max().orElse(0);
        double end = last - facts.startSeconds();
        boolean isMissing = promised != null && promised - end > Math.max(1, 0.01 * promised);
        return isMissing && !facts.whole() ? Optional.of(Remarks.endsEarly(end, promised)) : Optional.empty();
    }

    private static long size(Path source) {
        try {
            return Files.size(source);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.STORE_ERROR, "Cannot read the source: " + e, e);
        }
    }
}
