package org.millrace.api.library;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.VideoList;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.status.StatusReader;
import org.millrace.api.status.VideoStatus;

/** Tells programs of videos: the same words for the list, for one video and for streams of events. */
@ApplicationScoped
public class VideoView {

    private final VideoList videos;
    private final StatusReader status;

    VideoView(VideoList videos, StatusReader status) {
        this.videos = videos;
        this.status = status;
    }

    /** One video. */
    public VideoJson of(VideoRow video) {
        return of(List.of(video)).getFirst();
    }

    /** Many videos, in the same order, with one look into the ledger for all. */
    public List<VideoJson> of(List<VideoRow> rows) {
        Map<String, List<PublishedRow>> published = videos.published(rows);
        return rows.stream()
                .map(row -> json(row, published.getOrDefault(row.id, List.of())))
                .toList();
    }

    private VideoJson json(VideoRow video, List<PublishedRow> published) {
        VideoStatus now = status.of(video);
        return new VideoJson(
                video.id,
                video.title,
                video.description,
                video.state,
                now.percent(),
                video.playable(),
                video.partial,
                video.duration,
                video.createdAt,
                video.failureCode == null ? null : new VideoJson.Failure(video.failureCode, video.failureMessage),
                media(video, published),
                now);
    }

    private static VideoJson.Media media(VideoRow video, List<PublishedRow> published) {
        Integer set = video.publishedSet;
        String hls = set == null ? null : address(video, set, "master.m3u8");
        String mp4 = has(published, set, PublishedRow.Kind.DOWNLOAD) ? address(video, set, "video.mp4") : null;
        return new VideoJson.Media(hls, mp4, poster(video, published));
    }

    /** The picture of a set is there long before the set can be played. */
    private static String poster(VideoRow video, List<PublishedRow> published) {
        if (has(published, video.publishedSet, PublishedRow.Kind.POSTER)) {
            return address(video, video.publishedSet, "poster.jpg");
        }
        return has(published, video.buildingSet, PublishedRow.Kind.POSTER)
                ? address(video, video.buildingSet, "poster.jpg")
                : null;
    }

    private static boolean has(List<PublishedRow> published, Integer set, PublishedRow.Kind kind) {
        return published.stream().anyMatch(row -> Objects.equals(row.setNumber, set) && row.kind == kind);
    }

    private static String address(VideoRow video, int set, String name) {
        return "/media/" + video.id + "/" + set + "/" + name;
    }
}
