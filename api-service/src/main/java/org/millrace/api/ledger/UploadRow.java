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
import org.millrace.model.id.UploadId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Preset;
import org.millrace.model.plan.PlanRequest;

/**
 * An upload that was announced. How many bytes of it have arrived is known to the media store alone, so that no row
 * is written for every packet.
 */
@Entity
@Table(name = "upload")
public class UploadRow extends PanacheEntityBase {

    /** An {@link UploadId}. */
    @Id
    public String id;

    /** Who uploads. */
    public String owner;

    /** Announced length in bytes. */
    public long length;

    /** The {@code Upload-Metadata} header as it was sent; returned unchanged. */
    public String metadata;

    /** The file's name; never used as a path. */
    @Column(name = "file_name")
    public String fileName;

    /** What the video is to be called. */
    public String title;

    /** Balance between size, quality and time that its renditions are to be made with. */
    @Enumerated(EnumType.STRING)
    public Preset preset;

    /** Whether its sound is to be brought to a common loudness. */
    public boolean normalise;

    /** When it was announced. */
    @Column(name = "created_at")
    public Instant createdAt;

    /** When it is given up unless more bytes arrive. */
    @Column(name = "expires_at")
    public Instant expiresAt;

    /** The video it becomes; its bytes are appended under that video's source key from the start. */
    @Column(name = "video_id")
    public String videoId;

    /** Whether it is complete and its video is in the ledger. */
    public boolean done;

    /** Counts changes, for compare-and-set. */
    @Version
    public int version;

    /** Its identifier. */
    public UploadId uploadId() {
        return new UploadId(id);
    }

    /** The video it becomes. */
    public VideoId video() {
        return new VideoId(videoId);
    }

    /** How its renditions are to be made. */
    public PlanRequest.Wishes wishes() {
        return new PlanRequest.Wishes(preset, normalise);
    }

    /** Where its bytes go. */
    public ObjectKey source() {
        return MediaLayout.source(video());
    }
}
