package org.millrace.api.playback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Map<String, Integer> sets = new HashMap<>();
        videos.forEach(video -> sets.put(video.id, shownSet(video)));
        Set<String> there = new HashSet<>();
        for (Object[] row : rows(sets.keySet())) {
            if (sets.get((String) row[0]).equals(row[1])) {
                there.add(row[0] + "/" + row[2]);
            }
        }
        Map<String, MediaLinks> links = new HashMap<>();
        for (VideoRow video : videos) {
            boolean mp4 = there.contains(video.id + "/" + PublishedRow.Kind.DOWNLOAD);
            boolean poster = there.contains(video.id + "/" + PublishedRow.Kind.POSTER);
            links.put(
                    video.id,
                    new MediaLinks(
                            video.playable() ? url(video, MediaPath.MASTER, MediaPath.Form.M3U8) : null,
                            mp4 ? url(video, MediaPath.WHOLE, MediaPath.Form.MP4) : null,
                            poster ? url(video, MediaPath.POSTER, MediaPath.Form.JPG) : null));
        }
        return links;
    }

    private List<Object[]> rows(Set<String> videos) {
        return transactions.read(() -> PublishedRow.getEntityManager()
                .createQuery(
                        "select p.videoId, p.setNumber, p.kind from PublishedRow p"
                                + " where p.videoId in (?1) and p.kind in (?2)",
                        Object[].class)
                .setParameter(1, videos)
                .setParameter(2, EnumSet.of(PublishedRow.Kind.DOWNLOAD, PublishedRow.Kind.POSTER))
                .getResultList());
    }

    /** While nothing can be played yet, the set that is being made has the poster. */
    private static int shownSet(VideoRow video) {
        return video.publishedSet == null ? video.buildingSet : video.publishedSet;
    }

    private static String url(VideoRow video, String name, MediaPath.Form form) {
        return new MediaPath(new VideoId(video.id), shownSet(video), name, form).url();
    }
}
