package org.millrace.api.playback;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.millrace.api.ledger.Growth;
import org.millrace.api.ledger.GrowthLedger;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Result;
import org.millrace.model.wire.WireFormat;
import org.millrace.store.MediaStore;
import org.millrace.store.ObjectInfo;

/** Asks the ledger and the store what there is to play. Every method blocks. */
@ApplicationScoped
class CatalogueReader {

    private final Transactions transactions;
    private final GrowthLedger growth;
    private final MediaStore store;

    CatalogueReader(Transactions transactions, GrowthLedger growth, MediaStore store) {
        this.transactions = transactions;
        this.growth = growth;
        this.store = store;
    }

    /** What can be fetched of a video; null if there is no such video. */
    @ActivateRequestContext
    Offering offeringOrNull(VideoId video) {
        return transactions.read(() -> {
            VideoRow row = VideoRow.findById(video.value());
            return row == null ? null : new Offering(row.owner, row.title, row.publishedSet, items(video));
        });
    }

    /**
     * What can be played of a set; null if nothing can.
     *
     * @param published whether the set is known to be finished
     */
    @ActivateRequestContext
    PlayedSet playedOrNull(VideoId video, int set, boolean published) {
        Growth there = growth.of(video, set).orElse(null);
        if (there == null || !(published || there.isPlayable())) {
            return null;
        }
        List<SubtitleChoice> subtitles = new ArrayList<>();
        Result.Storyboard storyboard = null;
        for (Object[] row : details(video, set)) {
            Object detail = WireFormat.read((String) row[1], detailOf((PublishedRow.Kind) row[2]));
            switch (detail) {
                case Result.SubtitleFile file -> subtitles.add(SubtitleChoice.of((String) row[0], file));
                case Result.Storyboard board -> storyboard = board;
                default -> throw new IllegalStateException("Not a detail of a published object: " + detail);
            }
        }
        Collections.sort(subtitles);
        return new PlayedSet(there, published, subtitles, storyboard);
    }

    /** An object that lies in the store; null if it does not. */
    Content storedOrNull(ObjectKey object, String type) {
        Optional<ObjectInfo> found = store.stat(object);
        if (found.isEmpty()) {
            return null;
        }
        ObjectInfo info = found.get();
        Optional<Path> file = store.localPath(object);
        Content.Body body =
                file.isPresent() ? new Content.Body.LocalFile(file.get(), 0) : new Content.Body.Remote(object, 0);
        return new Content(type, info.size(), '"' + info.etag() + '"', info.modified(), body);
    }

    private static Class<?> detailOf(PublishedRow.Kind kind) {
        return kind == PublishedRow.Kind.STORYBOARD ? Result.Storyboard.class : Result.SubtitleFile.class;
    }

    private List<Object[]> details(VideoId video, int set) {
        return transactions.read(() -> PublishedRow.getEntityManager()
                .createQuery(
                        "select p.name, p.detail, p.kind from PublishedRow p where p.videoId = ?1 and p.setNumber = ?2"
                                + " and p.kind in (?3) and p.detail is not null order by p.name",
                        Object[].class)
                .setParameter(1, video.value())
                .setParameter(2, set)
                .setParameter(3, List.of(PublishedRow.Kind.SUBTITLES, PublishedRow.Kind.STORYBOARD))
                .getResultList());
    }

    private static List<Offering.Item> items(VideoId video) {
        // Without the tracks' fragments, of which a long video has megabytes.
        return PublishedRow.getEntityManager()
                .createQuery(
                        "select p.setNumber, p.name, p.kind, p.objectKey, p.sha256 from PublishedRow p"
                                + " where p.videoId = ?1",
                        Object[].class)
                .setParameter(1, video.value())
                .getResultStream()
                .map(row -> new Offering.Item(
                        (Integer) row[0],
                        (String) row[1],
                        (PublishedRow.Kind) row[2],
                        new ObjectKey((String) row[3]),
                        Offering.version((String) row[4])))
                .toList();
    }
}
