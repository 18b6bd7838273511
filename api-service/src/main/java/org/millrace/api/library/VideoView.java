package org.millrace.api.library;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.playback.MediaLinker;
import org.millrace.api.playback.MediaLinks;
import org.millrace.api.status.StatusReader;
import org.millrace.api.status.VideoStatus;

/** Tells programs of videos: the same words for the list, for one video and for streams of events. */
@ApplicationScoped
public class VideoView {

    private final MediaLinker links;
    private final StatusReader status;

    VideoView(MediaLinker links, StatusReader status) {
        this.links = links;
        this.status = status;
    }

    /** One video. */
    public VideoJson of(VideoRow video) {
        return of(List.of(video)).getFirst();
    }

    /** Many videos, in the same order, with one look into the ledger for all. */
    public List<VideoJson> of(List<VideoRow> rows) {
        Map<String, MediaLinks> media = links.of(rows);
        return rows.stream().map(row -> json(row, media.get(row.id))).toList();
    }

    private VideoJson json(VideoRow video, MediaLinks media) {
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
                VideoJson.Media.of(media),
                now);
    }
}
