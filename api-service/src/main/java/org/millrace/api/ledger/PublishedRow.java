package org.millrace.api.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.wire.WireFormat;

/** An object of a set: what players and people fetch. */
@Entity
@Table(name = "published")
@IdClass(PublishedRow.Key.class)
public class PublishedRow extends PanacheEntityBase {

    /** What sort of object it is. */
    public enum Kind {
        /** A rendition: fragmented MP4 with a picture. */
        VIDEO,
        /** An audio track: fragmented MP4 with sound. */
        AUDIO,
        /** The picture that stands for the video, a JPEG. */
        POSTER,
        /** Small pictures for the time line, on one JPEG. */
        STORYBOARD,
        /** A short silent MP4 for the library. */
        CLIP,
        /** Subtitles, WebVTT. */
        SUBTITLES,
        /** A progressive MP4. */
        DOWNLOAD,
        /** The list of all other objects of the set with their hashes, JSON. */
        MANIFEST
    }

    /** Whose object it is. */
    @Id
    @Column(name = "video_id")
    public String videoId;

    /** Which set it belongs to. */
    @Id
    @Column(name = "set_number")
    public int setNumber;

    /** Name of the rung or track, {@code poster}, {@code storyboard}, {@code clip}, {@code subtitles-2}, {@code download}. */
    @Id
    public String name;

    /** What sort of object it is. */
    @Enumerated(EnumType.STRING)
    public Kind kind;

    /** Where its bytes are. */
    @Column(name = "object_key")
    public String objectKey;

    /** Its length. */
    @Column(name = "size_bytes")
    public long sizeBytes;

    /** Pixels; 0 for sound. */
    public int width;

    /** Pixels; 0 for sound. */
    public int height;

    /** The {@link EncodedTrack} as JSON; null unless it is a rendition or an audio track. */
    public String track;

    /** SHA-256 of its bytes, 64 hexadecimal digits; null for objects of version 1. */
    public String sha256;

    /** More about it as JSON: a {@link Result.Storyboard} or a {@link Result.SubtitleFile}; null for other kinds. */
    public String detail;

    /** Everything of a set, renditions largest first. */
    public static List<PublishedRow> ofSet(String videoId, int set) {
        return list("videoId = ?1 and setNumber = ?2 order by width * height desc, name", videoId, set);
    }

    /** Where its bytes are. */
    public ObjectKey object() {
        return new ObjectKey(objectKey);
    }

    /** Its fragments; null unless it is a rendition or an audio track. */
    public EncodedTrack encodedTrack() {
        return track == null ? null : WireFormat.read(track, EncodedTrack.class);
    }

    /** Video, set and name together. */
    public record Key(String videoId, int setNumber, String name) implements Serializable {}
}
