package org.millrace.api.playback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.id.VideoId;

/** Knows which media of a video exist and where they are. */
@ApplicationScoped
public class MediaLinker {

    private final Transactions transactions;

    MediaLinker(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The media of one video. */
    public MediaLinks of(VideoRow video) {
        return of(List.of(video)).get(video.id);
    }

    /** The media of many videos by one query; every video has an entry under its id. */
    public Map<String, MediaLinks> of(List<VideoRow> videos) {
        Set<MediaPath> there = there(videos.stream().map(video -> video.id).collect(Collectors.toSet()));
        return videos.stream().collect(Collectors.toMap(video -> video.id, video -> links(video, there)));
    }

    private static MediaLinks links(VideoRow video, Set<MediaPath> there) {
        Integer set = video.publishedSet;
        return new MediaLinks(
                set == null
                        ? null
                        : path(video.id, set, MediaPath.MASTER, MediaPath.Form.M3U8)
                                .url(),
                url(path(video.id, set, MediaPath.WHOLE, MediaPath.Form.MP4), there),
                poster(video, there));
    }

    /** The picture of a set is there long before the set can be played. */
    private static String poster(VideoRow video, Set<MediaPath> there) {
        String played = url(path(video.id, video.publishedSet, MediaPath.POSTER, MediaPath.Form.JPG), there);
        return played != null
                ? played
                : url(path(video.id, video.buildingSet, MediaPath.POSTER, MediaPath.Form.JPG), there);
    }

    private static String url(MediaPath path, Set<MediaPath> there) {
        return there.contains(path) ? path.url() : null;
    }

    private static MediaPath path(String video, Integer set, String name, MediaPath.Form form) {
        return new MediaPath(new VideoId(video), set == null ? 0 : set, name, form);
    }

    private Set<MediaPath> there(Set<String> videos) {
        // Without the tracks' fragments, of which a long video has megabytes.
        return transactions.read(() -> PublishedRow.getEntityManager()
                .createQuery(
                        "select p.videoId, p.setNumber, p.kind from PublishedRow p"
                                + " where p.videoId in (?1) and p.kind in (?2)",
                        Object[].class)
                .setParameter(1, videos)
                .setParameter(2, EnumSet.of(PublishedRow.Kind.DOWNLOAD, PublishedRow.Kind.POSTER))
                .getResultStream()
                .map(row -> row[2] == PublishedRow.Kind.DOWNLOAD
                        ? path((String) row[0], (Integer) row[1], MediaPath.WHOLE, MediaPath.Form.MP4)
                        : path((String) row[0], (Integer) row[1], MediaPath.POSTER, MediaPath.Form.JPG))
                .collect(Collectors.toSet()));
    }
}
