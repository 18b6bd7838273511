package org.millrace.model.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.media.Loudness;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.SubtitleTrack;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Seam;
import org.millrace.model.task.StoredFile;

/** What a successful attempt found or made, by kind of task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Result.Header.class, name = "header"),
    @JsonSubTypes.Type(value = Result.Index.class, name = "index"),
    @JsonSubTypes.Type(value = Result.Tracks.class, name = "tracks"),
    @JsonSubTypes.Type(value = Result.Poster.class, name = "poster"),
    @JsonSubTypes.Type(value = Result.Storyboard.class, name = "storyboard"),
    @JsonSubTypes.Type(value = Result.Subtitles.class, name = "subtitles"),
    @JsonSubTypes.Type(value = Result.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = Result.Audited.class, name = "audited"),
    @JsonSubTypes.Type(value = Result.File.class, name = "file")
})
public sealed interface Result {

    /** Whether it lies in the media store, in objects of the attempt that made it; findings do not. */
    default boolean leavesObjects() {
        return switch (this) {
            case Header header -> false;
            case Index index -> false;
            case Measured measured -> false;
            case Audited audited -> false;
            case Tracks tracks -> true;
            case Poster poster -> true;
            case Storyboard storyboard -> true;
            case Subtitles subtitles -> true;
            case File file -> true;
        };
    }

    /**
     * Facts from the header (Analyse).
     *
     * @param facts what it says
     * @param packets counted packets of the first seconds, or of the whole file; null in messages of version 1
     * @param whole whether all packets were counted, so that no index has to be made; null is read as false
     */
    record Header(MediaFacts facts, List<TrackIndex> packets, Boolean whole) implements Result {

        /** Takes a copy of the list, and what is absent for nothing. */
        public Header {
            packets = packets == null ? List.of() : List.copyOf(packets);
            whole = whole != null && whole;
        }
    }

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
     * Tracks of fragments (EncodeChunk: one for each rung; EncodeAudio, Remux: one for each part; Assemble: one).
     *
     * @param tracks in the order of the task
     * @param seam by which a chunk is compared with its neighbours; null for everything else
     */
    record Tracks(List<EncodedTrack> tracks, Seam seam) implements Result {

        /** Takes a copy of the list. */
        public Tracks {
            tracks = List.copyOf(tracks);
        }

        /** Tracks that are no chunk. */
        public static Tracks of(List<EncodedTrack> tracks) {
            return new Tracks(tracks, null);
        }
    }

    /**
     * A picture that stands for the video (Preview, Cover).
     *
     * @param object a JPEG
     * @param sizeBytes its length
     * @param width pixels
     * @param height pixels
     * @param sha256 of its bytes, 64 hexadecimal digits; null in messages of version 1
     */
    record Poster(ObjectKey object, long sizeBytes, int width, int height, String sha256) implements Result {}

    /**
     * What the pages show before anything plays (Storyboard).
     *
     * @param poster the best picture; null if none could be had
     * @param sheet a JPEG of small pictures, row by row
     * @param columns pictures in a row
     * @param tiles pictures in all
     * @param tileWidth pixels
     * @param tileHeight pixels
     * @param intervalSeconds time from one picture to the next
     * @param clip a short silent MP4; null if the video is too short for one
     */
    record Storyboard(
            Poster poster,
            StoredFile sheet,
            int columns,
            int tiles,
            int tileWidth,
            int tileHeight,
            double intervalSeconds,
            StoredFile clip)
            implements Result {}

    /**
     * Subtitles as WebVTT (ExtractSubtitles).
     *
     * @param files those that hold any text
     */
    record Subtitles(List<SubtitleFile> files) implements Result {

        /** Takes a copy of the list. */
        public Subtitles {
            files = List.copyOf(files);
        }
    }

    /**
     * One subtitle track.
     *
     * @param track what the source says of it
     * @param file WebVTT
     * @param cues how many
     */
    record SubtitleFile(SubtitleTrack track, StoredFile file, int cues) {}

    /**
     * How loud the sound is (MeasureLoudness).
     *
     * @param loudness of the whole track
     */
    record Measured(Loudness loudness) implements Result {}

    /**
     * What was found wrong (Audit).
     *
     * @param faults a sentence each; empty if all is well
     */
    record Audited(List<String> faults) implements Result {

        /** Takes a copy of the list. */
        public Audited {
            faults = List.copyOf(faults);
        }
    }

    /**
     * One file for download (Download).
     *
     * @param object a progressive MP4
     * @param sizeBytes its length
     * @param sha256 of its bytes, 64 hexadecimal digits
     */
    record File(ObjectKey object, long sizeBytes, String sha256) implements Result {}
}
