package org.millrace.api.ledger;

import java.util.List;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.Manifest;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;

/** A ten second clip of 320×180 with sound, and what a worker would report of it. */
final class Sample {

    static final String ENCODER = "encoder 1";

    private Sample() {}

    static NewVideo video(VideoId id) {
        return new NewVideo(id, "local", "Clip", "clip.mp4", MediaLayout.source(id), 1000);
    }

    static MediaFacts facts() {
        Rational rate = new Rational(25, 1);
        ColorFacts color = new ColorFacts("bt709", "bt709", "bt709", "tv");
        return new MediaFacts(
                "mov",
                1000,
                0,
                10.0,
                List.of(new VideoTrack(
                        0,
                        "h264",
                        null,
                        "yuv420p",
                        320,
                        180,
                        Rational.ONE,
                        0,
                        rate,
                        rate,
                        0,
                        10.0,
                        color,
                        false,
                        false)),
                List.of(new AudioTrack(1, "aac", 2, 48000, "eng", null, 0)),
                List.of(),
                false,
                true);
    }

    static Result.Index index() {
        return new Result.Index(
                List.of(new TrackIndex(0, 0, 10, 250, 5, 0.04), new TrackIndex(1, 0, 10, 430, 430, 0.03)));
    }

    static Manifest manifest(Result result, Remark... remarks) {
        return new Manifest(result, List.of(remarks), ENCODER, 1, 1);
    }

    static Result resultOf(Task task) {
        return switch (task) {
            case Task.Analyse analyse ->
                analyse.scope() == Task.Analyse.Scope.HEADER ? new Result.Header(facts()) : index();
            case Task.EncodeChunk chunk ->
                new Result.Tracks(chunk.rungs().stream()
                        .map(rung ->
                                track(rung.name(), "chunk-from-" + chunk.span().from() + "-" + rung.name(), 320, 180))
                        .toList());
            case Task.EncodeAudio audio -> new Result.Tracks(List.of(track(audio.name(), "audio", 0, 0)));
            case Task.Assemble assemble -> {
                EncodedTrack piece = assemble.pieces().get(0);
                yield new Result.Tracks(
                        List.of(track(assemble.track(), "set-" + assemble.track(), piece.width(), piece.height())));
            }
            case Task.Preview preview -> new Result.Poster(new ObjectKey("poster"), 10, 320, 180);
            case Task.Download download -> new Result.File(new ObjectKey("download"), 10, "");
            case Task.Remux remux -> throw new AssertionError("nobody plans a remux");
        };
    }

    private static EncodedTrack track(String name, String object, int width, int height) {
        return new EncodedTrack(
                name,
                new ObjectKey(object),
                100,
                "",
                width > 0 ? "avc1.64001f" : "mp4a.40.2",
                width,
                height,
                90_000,
                10,
                "init",
                List.of(new Fragment(10, 90, 900_000, 250)));
    }
}
