package org.millrace.api.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Remark;
import org.millrace.model.wire.WireFormat;

/** What the ledger knows of a video. Only this package changes it. */
@Entity
@Table(name = "video")
public class VideoRow extends PanacheEntityBase {

    /** A {@link VideoId}. */
    @Id
    public String id;

    /** Who may see and change it. */
    public String owner;

    /** What people call it; may be any text. */
    public String title;

    /** What people say about it; may be empty. */
    public String description;

    /** The name of the file as it was uploaded; never used as a path. */
    @Column(name = "file_name")
    public String fileName;

    /** Where it stands. */
    @Enumerated(EnumType.STRING)
    public VideoState state;

    /** Slug of a {@link FailureCode}; null unless it failed or was rejected. */
    @Column(name = "failure_code")
    public String failureCode;

    /** The reason in words; null unless it failed or was rejected. */
    @Column(name = "failure_message")
    public String failureMessage;

    /** Where the uploaded bytes are. */
    @Column(name = "source_key")
    public String sourceKey;

    /** Length of the upload. */
    @Column(name = "source_bytes")
    public long sourceBytes;

    /** {@link MediaFacts} as JSON; null until analysed. */
    public String facts;

    /** {@link org.millrace.model.message.Result.Index} as JSON; null until counted. */
    public String packets;

    /** The {@link Grid} as JSON; null until planned. */
    public String grid;

    /** Display width of the best rendition; null until planned. */
    public Integer width;

    /** Display height of the best rendition; null until planned. */
    public Integer height;

    /** Length in seconds; null until known. */
    public Double duration;

    /** Whether a part of the source is missing in the result. */
    public boolean partial;

    /** List of {@link Remark} as JSON. */
    public String remarks;

    /** The set that tasks build now, from 1. */
    @Column(name = "building_set")
    public int buildingSet;

    /** The set that is played; null until one can be. */
    @Column(name = "published_set")
    public Integer publishedSet;

    /** Fingerprint of the encoder that made the first chunk of the building set; null until there is one. */
    public String encoder;

    /** Lowest progress that may still be shown, 0 to 100. */
    public double progress;

    /** When the upload was complete. */
    @Column(name = "created_at")
    public Instant createdAt;

    /** When anything of it changed last. */
    @Column(name = "updated_at")
    public Instant updatedAt;

    /** Counts changes, for compare-and-set. */
    @Version
    public int version;

    /** Its identifier. */
    public VideoId videoId() {
        return new VideoId(id);
    }

    /** Where the uploaded bytes are. */
    public ObjectKey source() {
        return new ObjectKey(sourceKey);
    }

    /** What its header says; null until analysed. */
    public MediaFacts mediaFacts() {
        return facts == null ? null : WireFormat.read(facts, MediaFacts.class);
    }

    /** What the owner should know about it. */
    public List<Remark> remarkList() {
        return List.of(WireFormat.read(remarks, Remark[].class));
    }

    /** Whether it can be played now. */
    public boolean playable() {
        return publishedSet != null;
    }

    void addRemarks(List<Remark> more) {
        List<Remark> all = new ArrayList<>(remarkList());
        for (Remark remark : more) {
            if (!all.contains(remark)) {
                all.add(remark);
            }
        }
        remarks = WireFormat.write(all);
        partial = all.stream().anyMatch(remark -> remark.kind() == Remark.Kind.LOSS);
    }

    /** Moves to another state; a move that is not legal is refused with false. */
    boolean moveTo(VideoState next) {
        if (!state.next().contains(next)) {
            return false;
        }
        state = next;
        if (next == VideoState.PROCESSING || next == VideoState.READY) {
            failureCode = null;
            failureMessage = null;
        }
        return true;
    }
}
