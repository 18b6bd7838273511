package org.millrace.api.testing;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.millrace.api.ledger.NewVideo;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.plan.PlanRequest;
import org.millrace.store.MediaStore;

/** Puts videos where tests need them. */
@ApplicationScoped
public class Videos {

    private final VideoLedger ledger;
    private final Transactions transactions;
    private final MediaStore store;

    Videos(VideoLedger ledger, Transactions transactions, MediaStore store) {
        this.ledger = ledger;
        this.transactions = transactions;
        this.store = store;
    }

    /** A video that has just been uploaded by the local user. */
    public VideoId uploaded(String title) {
        return uploaded(title, "local");
    }

    /** A video that has just been uploaded by this user. */
    public VideoId uploaded(String title, String owner) {
        VideoId id = VideoId.random();
        byte[] bytes = "bytes".getBytes(StandardCharsets.UTF_8);
        store.put(MediaLayout.source(id), bytes);
        ledger.accept(
                new NewVideo(
                        id,
                        owner,
                        title,
                        title + ".mp4",
                        MediaLayout.source(id),
                        bytes.length,
                        PlanRequest.Wishes.DEFAULT),
                null);
        return id;
    }

    /** Notes an object of a set. */
    public void publish(VideoId video, int set, PublishedRow.Kind kind) {
        transactions.write(() -> {
            PublishedRow row = new PublishedRow();
            row.videoId = video.value();
            row.setNumber = set;
            row.name = kind.name().toLowerCase(java.util.Locale.ROOT);
            row.kind = kind;
            row.objectKey = MediaLayout.set(video, set).child(row.name).value();
            row.sizeBytes = 1;
            row.persist();
            return null;
        });
    }

    /** Makes a set the one that is played. */
    public void play(VideoId video, int set) {
        transactions.write(() -> {
            VideoRow row = VideoRow.findById(video.value());
            row.publishedSet = set;
            row.duration = 12.5;
            return null;
        });
    }
}
