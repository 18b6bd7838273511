package org.millrace.api.ledger;

import java.util.ArrayList;
import java.util.List;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.Loudness;
import org.millrace.model.message.Manifest;
import org.millrace.model.message.Result;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.Remark;
import org.millrace.model.task.StoredFile;
import org.millrace.model.task.Task;
import org.millrace.model.testing.SampleSource;

/** Sources on paper, and what a worker would report of the tasks they lead to. */
final class Sample {

    static final String ENCODER = "encoder 1";

    private static final int PICTURE_SCALE = 90_000;
    private static final int SOUND_SCALE = 48_000;

    private Sample() {}

    static NewVideo video(VideoId id) {
        return new NewVideo(id, "local", "Clip", "clip.mp4", MediaLayout.source(id), 1000, PlanRequest.Wishes.DEFAULT);
    }

    /** Ten seconds that are made in no time: one rung, no lead, with sound. */
    static SampleSource small() {
        return SampleSource.of(320, 180, 10).withSound(1, "eng", 10);
    }

    /** What a worker says of a source whose packets it has counted at once. */
    static Result.Header header(SampleSource source) {
        return new Result.Header(source.facts(), source.packets(), true);
    }

    static Manifest manifest(Result result, Remark... remarks) {
        return new Manifest(result, List.of(remarks), ENCODER, 1, 1);
    }

    /** What a worker makes of a task that is no question about the source. */
    static Result resultOf(Task task) {
        return switch (task) {
            case Task.EncodeChunk chunk ->
                Result.Tracks.of(chunk.rungs().stream()
                        .map(rung -> chunkOf(
                                chunk, rung, chunk.span().from(), chunk.span().to()))
                        .toList());
            case Task.EncodeAudio audio -> Result.Tracks.of(List.of(sound(audio, skipped(audio), audio.seconds())));
            case Task.Remux copy ->
                Result.Tracks.of(List.of(picture(
                        copy.name(),
                        640,
                        360,
                        copy.skipTicks() == null ? 0 : copy.skipTicks(),
                        ticks(copy.seconds()))));
            case Task.Assemble assemble -> Result.Tracks.of(List.of(joined(assemble)));
            case Task.Preview preview -> new Result.Poster(new ObjectKey("poster"), 10, 320, 180, "sha");
            case Task.Cover cover -> new Result.Poster(new ObjectKey("cover"), 10, 600, 600, "sha");
            case Task.Storyboard storyboard ->
                new Result.Storyboard(
                        new Result.Poster(new ObjectKey("best-poster"), 20, 320, 180, "sha"),
                        file("sheet"),
                        10,
                        5,
                        160,
                        90,
                        2,
                        file("clip"));
            case Task.ExtractSubtitles subtitles ->
                new Result.Subtitles(subtitles.tracks().stream()
                        .map(track -> new Result.SubtitleFile(track, file("subtitles-" + track.index()), 3))
                        .toList());
            case Task.MeasureLoudness loudness -> new Result.Measured(new Loudness(-26.0, -12.0));
            case Task.Download download -> new Result.File(new ObjectKey("download"), 10, "sha");
            case Task.Audit audit -> new Result.Audited(List.of());
            case Task.Analyse analyse -> throw new AssertionError("The test has to answer: " + analyse);
        };
    }

    /** One piece of a chunk, from one frame to another. */
    static EncodedTrack chunkOf(Task.EncodeChunk chunk, Rung rung, long from, long to) {
        Grid grid = chunk.grid();
        return picture(
                rung.name(), rung.width(), rung.height(), ticks(grid.secondsAt(from)), ticks(grid.secondsAt(to)));
    }

    /** A picture that begins and ends at these ticks, in fragments of two seconds. */
    static EncodedTrack picture(String name, int width, int height, long from, long to) {
        List<Fragment> fragments = new ArrayList<>();
        for (long tick = from; tick < to; tick += 2 * PICTURE_SCALE) {
            long length = Math.min(2 * PICTURE_SCALE, to - tick);
            fragments.add(new Fragment(10 + 90L * fragments.size(), 90, length, (int) (length / 3000)));
        }
        return track(name, width, height, PICTURE_SCALE, from, fragments);
    }

    /** Sound that begins and ends at these ticks. */
    static EncodedTrack sound(Task.EncodeAudio audio, long from, double untilSeconds) {
        long length = Math.round(untilSeconds * SOUND_SCALE) - from;
        return track(audio.name(), 0, 0, SOUND_SCALE, from, List.of(new Fragment(10, 90, length, 100)));
    }

    private static EncodedTrack joined(Task.Assemble assemble) {
        EncodedTrack first = assemble.pieces().getFirst();
        List<Fragment> all = assemble.pieces().stream()
                .flatMap(piece -> piece.fragments().stream())
                .toList();
        return new EncodedTrack(
                assemble.track(),
                new ObjectKey("set/" + assemble.track()),
                100,
                "sha",
                first.codecs(),
                first.width(),
                first.height(),
                first.timescale(),
                10,
                first.initSha256(),
                all,
                first.startTicks(),
                first.init());
    }

    private static EncodedTrack track(
            String name, int width, int height, int timescale, long start, List<Fragment> fragments) {
        return new EncodedTrack(
                name,
                new ObjectKey("work/" + name + "-" + start + "-" + fragments.size()),
                100,
                "sha",
                width > 0 ? "avc1.64001f" : "mp4a.40.2",
                width,
                height,
                timescale,
                10,
                "init-of-" + name,
                fragments,
                start,
                start == 0 ? new ObjectKey("set/" + name + ".init.mp4") : null);
    }

    private static StoredFile file(String name) {
        return new StoredFile(new ObjectKey(name), 10, "sha");
    }

    private static long skipped(Task.EncodeAudio audio) {
        return audio.skipTicks() == null ? 0 : audio.skipTicks();
    }

    private static long ticks(double seconds) {
        return Math.round(seconds * PICTURE_SCALE);
    }
}
