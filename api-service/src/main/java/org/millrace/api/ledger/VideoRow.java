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
import org.millrace.model.ladder.Preset;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.plan.PlanRequest;
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

    /** Balance between size, quality and time that its renditions are made with. */
    @Enumerated(EnumType.STRING)
    public Preset preset;

    /** Whether its sound is brought to a common loudness. */
    public boolean normalise;

    /** Whether its source turned out not to seek exactly, so that it is encoded in one piece. */
    @Column(name = "one_piece")
    public boolean onePiece;

    /** Whether its picture turned out not to be fit for copying. */
    @Column(name = "no_copy")
    public boolean noCopy;

    /** Which version of the planner planned the building set; older plans are made anew. */
    @Column(name = "plan_version")
    public int planVersion;

    /** The {@link Outline} of the building set as JSON; null until planned. */
    public String outline;

    /** For each track of the building set, as JSON, the hash of the init section that its first piece has fixed. */
    public String inits;

    /** Since when the building set can be played as far as it is made; null while it cannot. */
    @Column(name = "growing_since")
    public Instant growingSince;

    /** When the last set was finished; null before the first. */
    @Column(name = "ready_at")
    public Instant readyAt;

    /** When its source was deleted; null while it is kept. */
    @Column(name = "source_dropped_at")
    public Instant sourceDroppedAt;

    /** The moment that its owner has chosen for the poster, in seconds; null leaves the choice to the worker. */
    @Column(name = "poster_seconds")
    public Double posterSeconds;

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

    /** What its packets hold; empty until counted. */
    public List<TrackIndex> packetList() {
        return packets == null
                ? List.of()
                : WireFormat.read(packets, Result.Index.class).tracks();
    }

    /** What is planned for the building set; null until planned. */
    public Outline outlineOrNull() {
        return outline == null ? null : WireFormat.read(outline, Outline.class);
    }

    /** Whether it can be played now, as far as it is made. */
    public boolean playable() {
        return publishedSet != null || growingSince != null;
    }

    /** What its owner or the installation wants. */
    PlanRequest.Wishes wishes() {
        return new PlanRequest.Wishes(preset, normalise);
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
