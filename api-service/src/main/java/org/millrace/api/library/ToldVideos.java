package org.millrace.api.library;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.status.VideoFeed.News;
import org.millrace.model.id.VideoId;

/** What streams of events tell of a video: worked out once for each round of news, however many streams tell it. */
@ApplicationScoped
class ToldVideos {

    private static final int MOST_VIDEOS = 256;

    private final VideoLedger ledger;
    private final VideoView view;
    private final Cache<VideoId, Told> latest =
            Caffeine.newBuilder().maximumSize(MOST_VIDEOS).build();

    /** A video as it was in a round or later; empty if it was gone. */
    private record Told(long round, Optional<Seen> seen) {}

    /** A video and whose it is. */
    record Seen(String owner, VideoJson video) {}

    ToldVideos(VideoLedger ledger, VideoView view) {
        this.ledger = ledger;
        this.view = view;
    }

    /** The video with all that led to this news, or as it stands now if that is none; empty if it is gone. */
    Optional<Seen> of(News news) {
        if (news.isNone()) {
            return now(news.video());
        }
        return latest.asMap()
                .compute(
                        news.video(),
                        (video, told) -> told != null && told.round() >= news.round()
                                ? told
                                : new Told(news.round(), now(video)))
                .seen();
    }

    private Optional<Seen> now(VideoId video) {
        return ledger.find(video).map(row -> new Seen(row.owner, view.of(row)));
    }
}
