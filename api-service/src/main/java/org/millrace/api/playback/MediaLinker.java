package org.millrace.api.playback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.ledger.VideoState;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.Result;
import org.millrace.model.wire.WireFormat;

/** Knows which media of a video exist and where they are. */
@ApplicationScoped
public class MediaLinker {

    private static final Set<PublishedRow.Kind> LINKED = EnumSet.of(
            PublishedRow.Kind.DOWNLOAD,
            PublishedRow.Kind.POSTER,
            PublishedRow.Kind.STORYBOARD,
            PublishedRow.Kind.CLIP,
            PublishedRow.Kind.SUBTITLES);

    private final Transactions transactions;

    MediaLinker(Transactions transactions) {
        this.transactions = transactions;
    }

    /** An object that has a link. */
    private record Item(int set, PublishedRow.Kind kind, String name, String version, String detail) {}

    /** The media of one video. */
    public MediaLinks of(VideoRow video) {
        return of(List.of(video)).get(video.id);
    }

    /** The media of many videos by one query; every video has an entry under its id. */
    public Map<String, MediaLinks> of(List<VideoRow> videos) {
        Map<String, List<Item>> there =
                there(videos.stream().map(video -> video.id).collect(Collectors.toSet()));
        return videos.stream()
                .collect(Collectors.toMap(
                        video -> video.id, video -> links(video, there.getOrDefault(video.id, List.of()))));
    }

    private static MediaLinks links(VideoRow video, List<Item> items) {
        boolean finished = video.publishedSet != null;
        boolean growing = !finished && video.growingSince != null;
        int set = finished ? video.publishedSet : video.buildingSet;
        List<Item> played = items.stream().filter(item -> item.set() == set).toList();
        return new MediaLinks(
                finished
                        ? url(video, set, null, MediaPath.MASTER, MediaPath.Form.M3U8)
                        : growing ? url(video, set, MediaPath.LIVE, MediaPath.MASTER, MediaPath.Form.M3U8) : null,
                growing && video.state == VideoState.PROCESSING
                        ? url(video, set, MediaPath.LIVE, MediaPath.ALL, MediaPath.Form.M3U8)
                        : null,
                has(played, PublishedRow.Kind.DOWNLOAD)
                        ? url(video, set, null, MediaPath.WHOLE, MediaPath.Form.MP4)
                        : null,
                poster(video, items),
                has(played, PublishedRow.Kind.STORYBOARD)
                        ? url(video, set, null, MediaPath.STORYBOARD, MediaPath.Form.VTT)
                        : null,
                has(played, PublishedRow.Kind.CLIP) ? url(video, set, null, MediaPath.CLIP, MediaPath.Form.MP4) : null,
                subtitles(video, set, played));
    }

    /** The picture of a set is there long before the set can be played. */
    private static String poster(VideoRow video, List<Item> items) {
        Item poster = items.stream()
                .filter(item -> item.kind() == PublishedRow.Kind.POSTER)
                .filter(item -> item.set() == video.buildingSet
                        || (video.publishedSet != null && item.set() == video.publishedSet))
                .min(Comparator.comparing(item -> !Integer.valueOf(item.set()).equals(video.publishedSet)))
                .orElse(null);
        if (poster == null) {
            return null;
        }
        String url = url(video, poster.set(), null, MediaPath.POSTER, MediaPath.Form.JPG);
        return poster.version() == null ? url : url + "?v=" + poster.version();
    }

    private static List<MediaLinks.Subtitles> subtitles(VideoRow video, int set, List<Item> played) {
        return played.stream()
                .filter(item -> item.kind() == PublishedRow.Kind.SUBTITLES && item.detail() != null)
                .map(item -> SubtitleChoice.of(item.name(), WireFormat.read(item.detail(), Result.SubtitleFile.class)))
                .sorted()
                .map(choice -> new MediaLinks.Subtitles(
                        choice.label(), choice.languageTag(), url(video, set, null, choice.name(), MediaPath.Form.VTT)))
                .toList();
    }

    private static boolean has(List<Item> items, PublishedRow.Kind kind) {
        return items.stream().anyMatch(item -> item.kind() == kind);
    }

    private static String url(VideoRow video, int set, String folder, String name, MediaPath.Form form) {
        return new MediaPath(new VideoId(video.id), set, folder, name, form).url();
    }

    private Map<String, List<Item>> there(Set<String> videos) {
        // Without the tracks' fragments, of which a long video has megabytes.
        return transactions.read(() -> PublishedRow.getEntityManager()
                .createQuery(
                        "select p.videoId, p.setNumber, p.kind, p.name, p.sha256, p.detail from PublishedRow p"
                                + " where p.videoId in (?1) and p.kind in (?2)",
                        Object[].class)
                .setParameter(1, videos)
                .setParameter(2, LINKED)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> (String) row[0],
                        Collectors.mapping(
                                row -> new Item(
                                        (Integer) row[1],
                                        (PublishedRow.Kind) row[2],
                                        (String) row[3],
                                        Offering.version((String) row[4]),
                                        (String) row[5]),
                                Collectors.toList()))));
    }
}
