package org.millrace.model.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.FrameRates;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Ladder;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.model.task.VideoInput;

/** Turns facts about a source into a plan: a pure function, so the same facts always give the same work. */
public final class Planner {

    /** The progressive MP4 takes the best rendition up to this many lines. */
    private static final int DOWNLOAD_LINES = 720;

    private static final int AUDIO_KBIT = 128;

    /** A longer hole in the sound is a fault of its time stamps. */
    private static final double LONGEST_SILENCE = 10;

    /** Measured CPU seconds per million pixels of output, and per second of sound. */
    private static final double CPU_PER_MEGAPIXEL = 0.025;

    private static final double CPU_PER_AUDIO_SECOND = 0.02;

    private Planner() {}

    /**
     * The plan of a video in one chunk.
     *
     * @param source where its bytes are
     * @param facts from its header; must have a video track
     * @param index its counted packets
     * @param set which set of the video is planned
     */
    public static Plan plan(ObjectKey source, MediaFacts facts, List<TrackIndex> index, int set) {
        Grid grid = grid(facts, index);
        return plan(source, facts, index, set, grid, List.of(grid.whole()));
    }

    /**
     * The grid of a video: its frame rate and its length.
     *
     * @throws IllegalArgumentException if the source has no picture
     */
    public static Grid grid(MediaFacts facts, List<TrackIndex> index) {
        VideoTrack video = picture(facts);
        TrackIndex packets = packetsOf(video.index(), index)
                .orElseThrow(() -> new IllegalArgumentException("The video track has no packets"));
        Rational rate = FrameRates.choose(video, packets);
        return Grid.of(rate, Math.max(trackEnd(facts, packets), soundEnd(facts, index)));
    }

    private static double trackEnd(MediaFacts facts, TrackIndex packets) {
        return Math.max(packets.endSeconds() - facts.startSeconds(), 0);
    }

    /** Where the sound that is used ends; 0 if there is none, or if it has a hole that only a wrong clock explains. */
    private static double soundEnd(MediaFacts facts, List<TrackIndex> index) {
        return mainSound(facts, index)
                .flatMap(track -> packetsOf(track.index(), index))
                .filter(packets -> packets.longestGapSeconds() <= LONGEST_SILENCE)
                .map(packets -> trackEnd(facts, packets))
                .orElse(0.0);
    }

    private static Optional<AudioTrack> mainSound(MediaFacts facts, List<TrackIndex> index) {
        return facts.audio().stream()
                .filter(track ->
                        track.isDecodable() && packetsOf(track.index(), index).isPresent())
                .findFirst();
    }

    /**
     * The plan of a video in the given chunks.
     *
     * @param chunks spans that cover the grid in order, without a gap
     */
    public static Plan plan(
            ObjectKey source, MediaFacts facts, List<TrackIndex> index, int set, Grid grid, List<Span> chunks) {
        VideoTrack video = picture(facts);
        VideoInput input = new VideoInput(
                video.index(),
                facts.startSeconds(),
                video.interlaced(),
                video.color().isHdr(),
                (long) video.width() * video.height(),
                holdFrames(video, facts, index, grid));
        List<Rung> rungs = Ladder.rungs(
                video.displayWidth(), video.displayHeight(), grid.rate().value());
        List<PlannedTask> tasks = new ArrayList<>();
        tasks.add(new PlannedTask(
                "preview", List.of(), Lane.FAST, 1, new Task.Preview(source, set, input, grid.seconds())));
        List<String> chunkNames = new ArrayList<>();
        for (Span span : chunks) {
            String name = "chunk-" + chunkNames.size();
            chunkNames.add(name);
            tasks.add(new PlannedTask(
                    name,
                    List.of(),
                    Lane.BULK,
                    encodeWeight(rungs, span),
                    new Task.EncodeChunk(source, input, grid, span, rungs)));
        }
        List<String> assembled = new ArrayList<>();
        for (Rung rung : rungs) {
            assembled.add(assemble(tasks, rung.name(), set, chunkNames));
        }
        Optional<Task.EncodeAudio> sound = sound(source, facts, index);
        sound.ifPresent(audio -> {
            double weight = 0.1 + CPU_PER_AUDIO_SECOND * audio.seconds();
            tasks.add(new PlannedTask(audio.name(), List.of(), Lane.BULK, weight, audio));
            assembled.add(assemble(tasks, audio.name(), set, List.of(audio.name())));
        });
        String downloadRung = downloadRung(rungs).name();
        tasks.add(new PlannedTask(
                "download",
                assembled,
                Lane.BULK,
                0.5,
                new Task.Download(
                        set, downloadRung, sound.map(Task.EncodeAudio::name).orElse(null), List.of())));
        return new Plan(grid, rungs, tasks);
    }

    private static VideoTrack picture(MediaFacts facts) {
        return facts.mainVideo().orElseThrow(() -> new IllegalArgumentException("The source has no picture"));
    }

    private static Optional<TrackIndex> packetsOf(int track, List<TrackIndex> index) {
        return index.stream()
                .filter(packets -> packets.track() == track && packets.packets() > 0)
                .findFirst();
    }

    private static String assemble(List<PlannedTask> tasks, String track, int set, List<String> pieces) {
        String name = "assemble-" + track;
        tasks.add(new PlannedTask(name, pieces, Lane.BULK, 0.5, new Task.Assemble(track, set, List.of())));
        return name;
    }

    private static Optional<Task.EncodeAudio> sound(ObjectKey source, MediaFacts facts, List<TrackIndex> index) {
        return mainSound(facts, index).map(track -> {
            AudioInput input = new AudioInput(track.index(), facts.startSeconds(), track.language(), track.title());
            double end = trackEnd(facts, packetsOf(track.index(), index).orElseThrow());
            return new Task.EncodeAudio(source, input, "audio-1", AUDIO_KBIT, end);
        });
    }

    private static long holdFrames(VideoTrack video, MediaFacts facts, List<TrackIndex> index, Grid grid) {
        TrackIndex packets = packetsOf(video.index(), index).orElseThrow();
        return Math.max(
                0,
                grid.frames() - Grid.of(grid.rate(), trackEnd(facts, packets)).frames());
    }

    private static double encodeWeight(List<Rung> rungs, Span span) {
        double megapixels = rungs.stream().mapToLong(Rung::pixels).sum() / 1e6 * span.frames();
        return 0.2 + CPU_PER_MEGAPIXEL * megapixels;
    }

    private static Rung downloadRung(List<Rung> rungs) {
        return rungs.stream()
                .filter(rung -> Math.min(rung.width(), rung.height()) <= DOWNLOAD_LINES)
                .findFirst()
                .orElse(rungs.get(rungs.size() - 1));
    }
}
