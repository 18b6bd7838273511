package org.millrace.api.library;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.playback.MediaLinker;
import org.millrace.api.playback.MediaLinks;
import org.millrace.api.status.StatusReader;
import org.millrace.api.status.VideoStatus;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.task.Remark;

/** Puts what the ledger and the status say of videos into the words of the pages. */
@ApplicationScoped
class PageContent {

    private final Transactions transactions;
    private final VideoLedger videos;
    private final StatusReader status;
    private final MediaLinker links;
    private final ReportReader reports;
    private final Clock clock;

    PageContent(
            Transactions transactions,
            VideoLedger videos,
            StatusReader status,
            MediaLinker links,
            ReportReader reports,
            Clock clock) {
        this.transactions = transactions;
        this.videos = videos;
        this.status = status;
        this.links = links;
        this.reports = reports;
        this.clock = clock;
    }

    /** Videos as cards, in the same order. */
    List<VideoCard> cards(List<VideoRow> rows) {
        Map<String, MediaLinks> media = links.of(rows);
        return rows.stream().map(row -> card(row, media.get(row.id))).toList();
    }

    private VideoCard card(VideoRow video, MediaLinks media) {
        VideoStatus now = status.of(video);
        return new VideoCard(
                video.id,
                video.title,
                video.state.name(),
                StateWords.headline(video, now),
                StateWords.timeLeft(now),
                Words.wholePercent(now.percent()),
                video.playable(),
                video.partial,
                isAudioOnly(video),
                media.poster(),
                media.clip(),
                video.duration == null ? null : Words.clock(video.duration),
                Words.ago(video.createdAt, clock.instant(), ZoneId.systemDefault()));
    }

    /** A video as its own page shows it. */
    VideoPage page(VideoRow video) {
        VideoStatus now = status.of(video);
        return new VideoPage(
                video.id,
                video.title,
                video.description,
                video.state.name(),
                StateWords.headline(video, now),
                StateWords.particulars(now),
                Words.wholePercent(now.percent()),
                video.playable(),
                video.partial,
                video.partial ? losses(video) : null,
                video.failureMessage,
                video.failureCode,
                isAudioOnly(video),
                video.duration == null ? 0 : video.duration,
                links.of(video),
                new VideoPage.Can(
                        videos.canRetry(video.videoId()),
                        video.state == VideoState.PROCESSING,
                        VideoControl.canEncodeAgain(video),
                        video.playable() && video.grid != null),
                facts(video),
                reports.of(video).map(ReportCard::of).orElse(null));
    }

    private static boolean isAudioOnly(VideoRow video) {
        return video.outline != null && video.grid == null;
    }

    private VideoPage.Facts facts(VideoRow video) {
        String size = Words.bytes(video.sourceBytes);
        return new VideoPage.Facts(
                uploaded(video),
                video.duration == null ? null : Words.clock(video.duration),
                Optional.ofNullable(video.mediaFacts())
                        .flatMap(MediaFacts::mainVideo)
                        .map(track -> track.displayWidth() + " × " + track.displayHeight() + ", " + size)
                        .orElse(size),
                PresetChoice.name(video.preset) + (video.normalise ? ", sound made equally loud" : ""),
                renditions(video));
    }

    private String uploaded(VideoRow video) {
        Instant now = clock.instant();
        String day = Words.day(video.createdAt, ZoneId.systemDefault());
        String ago = Words.ago(video.createdAt, now, ZoneId.systemDefault());
        return day.equals(ago) ? day : day + ", " + ago;
    }

    private static String losses(VideoRow video) {
        return video.remarkList().stream()
                .filter(remark -> remark.kind() == Remark.Kind.LOSS)
                .map(Remark::text)
                .collect(Collectors.joining(" "));
    }

    private List<VideoPage.Rendition> renditions(VideoRow video) {
        if (video.publishedSet == null) {
            return List.of();
        }
        // Without the tracks' fragments, of which a long video has megabytes.
        return transactions.read(() -> PublishedRow.getEntityManager()
                .createQuery(
                        "select p.name, p.width, p.height, p.sizeBytes from PublishedRow p where p.videoId = ?1"
                                + " and p.setNumber = ?2 and p.kind = ?3 order by p.width * p.height desc, p.name",
                        Object[].class)
                .setParameter(1, video.id)
                .setParameter(2, video.publishedSet)
                .setParameter(3, PublishedRow.Kind.VIDEO)
                .getResultStream()
                .map(row -> new VideoPage.Rendition(
                        (String) row[0], (Integer) row[1], (Integer) row[2], Words.bytes((Long) row[3])))
                .toList());
    }
}
