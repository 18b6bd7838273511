package org.millrace.api.ledger;

import java.util.Comparator;
import java.util.Optional;
import org.millrace.model.ladder.Grid;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.task.Task;
import org.millrace.model.task.VideoInput;
import org.millrace.model.wire.WireFormat;

/** Where a poster of a chosen moment is taken from. */
final class PosterSource {

    private static final int MOST_LINES = 1080;

    private PosterSource() {}

    /** The largest rendition that is no larger than a poster needs: upright, in ordinary colours, quick to seek. */
    static Optional<Task.Preview> rendition(VideoRow video, double seconds) {
        Grid grid = WireFormat.read(video.grid, Grid.class);
        return PublishedRow.ofSet(video.id, video.publishedSet).stream()
                .filter(row -> row.kind == PublishedRow.Kind.VIDEO)
                .min(Comparator.comparing((PublishedRow row) -> Math.min(row.width, row.height) > MOST_LINES)
                        .thenComparing(row -> -row.width * row.height))
                .map(row -> new Task.Preview(
                        row.object(),
                        video.publishedSet,
                        new VideoInput(0, 0, 0, "mov,mp4,m4a,3gp,3g2,mj2", facts(row, grid.rate())),
                        grid.seconds(),
                        seconds));
    }

    /** The source, while no set is finished. */
    static Optional<Task.Preview> source(VideoRow video, double seconds) {
        if (video.sourceDroppedAt != null) {
            return Optional.empty();
        }
        Grid grid = WireFormat.read(video.grid, Grid.class);
        return video.mediaFacts()
                .mainVideo()
                .map(track -> new Task.Preview(
                        video.source(),
                        video.buildingSet,
                        new VideoInput(
                                track.index(),
                                video.mediaFacts().startSeconds(),
                                0,
                                video.mediaFacts().container(),
                                track),
                        grid.seconds(),
                        seconds));
    }

    private static VideoTrack facts(PublishedRow row, Rational rate) {
        return new VideoTrack(
                0,
                "h264",
                "High",
                "yuv420p",
                row.width,
                row.height,
                Rational.ONE,
                0,
                rate,
                rate,
                0,
                null,
                new ColorFacts("bt709", "bt709", "bt709", "tv"),
                false,
                false,
                null,
                false,
                null);
    }
}
