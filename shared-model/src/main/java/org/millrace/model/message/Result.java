package org.millrace.model.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.task.EncodedTrack;

/** What a successful attempt found or made, by kind of task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Result.Header.class, name = "header"),
    @JsonSubTypes.Type(value = Result.Index.class, name = "index"),
    @JsonSubTypes.Type(value = Result.Tracks.class, name = "tracks"),
    @JsonSubTypes.Type(value = Result.Poster.class, name = "poster"),
    @JsonSubTypes.Type(value = Result.File.class, name = "file")
})
public sealed interface Result {

    /**
     * Facts from the header (Analyse).
     *
     * @param facts what it says
     */
    record Header(MediaFacts facts) implements Result {}

    /**
     * Counted packets (Analyse).
     *
     * @param tracks one entry for each audio and video track that has packets
     */
    record Index(List<TrackIndex> tracks) implements Result {

        /** Takes a copy of the list. */
        public Index {
            tracks = List.copyOf(tracks);
        }
    }

    /**
     * Tracks of fragments (EncodeChunk: one for each rung; EncodeAudio and Assemble: one).
     *
     * @param tracks in the order of the task
     */
    record Tracks(List<EncodedTrack> tracks) implements Result {

        /** Takes a copy of the list. */
        public Tracks {
            tracks = List.copyOf(tracks);
        }
    }

    /**
     * A picture that stands for the video (Preview).
     *
     * @param object a JPEG
     * @param sizeBytes its length
     * @param width pixels
     * @param height pixels
     */
    record Poster(ObjectKey object, long sizeBytes, int width, int height) implements Result {}

    /**
     * One file for download (Download).
     *
     * @param object a progressive MP4
     * @param sizeBytes its length
     * @param sha256 of its bytes, 64 hexadecimal digits
     */
    record File(ObjectKey object, long sizeBytes, String sha256) implements Result {}
}
