package org.millrace.model.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;

/**
 * One unit of worker work. Its inputs are facts of the ledger and object keys, never paths, so it can run on any
 * worker, twice if need be.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Task.Analyse.class, name = "analyse"),
    @JsonSubTypes.Type(value = Task.EncodeChunk.class, name = "encode-chunk"),
    @JsonSubTypes.Type(value = Task.EncodeAudio.class, name = "encode-audio"),
    @JsonSubTypes.Type(value = Task.Remux.class, name = "remux"),
    @JsonSubTypes.Type(value = Task.Assemble.class, name = "assemble"),
    @JsonSubTypes.Type(value = Task.Preview.class, name = "preview"),
    @JsonSubTypes.Type(value = Task.Download.class, name = "download")
})
public sealed interface Task {

    /**
     * This task with the tracks that the tasks it needs have made. A plan leaves them open; the ledger fills them in
     * when it releases the task.
     *
     * @param made tracks of all needed tasks, in the order the needs are listed
     */
    default Task given(List<EncodedTrack> made) {
        return this;
    }

    /** The kind in words, for pages, metrics and logs: {@code encode chunk}. */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /**
     * Reads facts from a source.
     *
     * @param source where its bytes are
     * @param scope how much to read
     */
    record Analyse(ObjectKey source, Scope scope) implements Task {

        /** How much of the source is read. */
        public enum Scope {
            /** The header and a few frames: is it a video, and of what kind? */
            HEADER,
            /** Every packet: how long is each track really? */
            INDEX
        }
    }

    /**
     * Makes one chunk of every rendition in one encoder run.
     *
     * @param source where its bytes are
     * @param video how to read the picture
     * @param grid the output's frames
     * @param span which of them to make
     * @param rungs sizes to make, largest first; each is scaled from the one before
     */
    record EncodeChunk(ObjectKey source, VideoInput video, Grid grid, Span span, List<Rung> rungs) implements Task {

        /** Takes a copy of the list. */
        public EncodeChunk {
            rungs = List.copyOf(rungs);
        }
    }

    /**
     * Makes one audio track, whole.
     *
     * @param source where its bytes are
     * @param audio how to read the sound
     * @param name of the result, for example {@code audio-1}
     * @param bitrateKbit of the AAC stream
     * @param seconds planned end of the sound on the output's time line
     */
    record EncodeAudio(ObjectKey source, AudioInput audio, String name, int bitrateKbit, double seconds)
            implements Task {}

    /**
     * Copies a compatible source into fragments without encoding.
     *
     * @param source where its bytes are
     * @param part which part of it
     * @param video how to read the picture
     */
    record Remux(ObjectKey source, Part part, VideoInput video) implements Task {

        /** Which part of the source is copied. */
        public enum Part {
            /** The first minute, so that playing can begin. */
            LEAD,
            /** What follows. */
            REST
        }
    }

    /**
     * Joins the chunks of one rendition, or the parts of one audio track, into one file.
     *
     * @param track name of the rung or audio track
     * @param set which set of the video the file belongs to
     * @param pieces in order; empty until the task is released
     */
    record Assemble(String track, int set, List<EncodedTrack> pieces) implements Task {

        /** Takes a copy of the list. */
        public Assemble {
            pieces = List.copyOf(pieces);
        }

        @Override
        public Task given(List<EncodedTrack> made) {
            return new Assemble(
                    track,
                    set,
                    made.stream().filter(piece -> piece.name().equals(track)).toList());
        }
    }

    /**
     * Makes the pictures that stand for a video.
     *
     * @param source where its bytes are
     * @param set which set of the video the pictures belong to
     * @param video how to read the picture
     * @param seconds planned length of the video
     */
    record Preview(ObjectKey source, int set, VideoInput video, double seconds) implements Task {}

    /**
     * Makes the progressive MP4 for players without HLS and for downloads.
     *
     * @param set which set of the video the file belongs to
     * @param videoTrack name of the rung to take
     * @param audioTrack name of the audio track to take; null if there is none
     * @param tracks the assembled tracks of those names; empty until the task is released
     */
    record Download(int set, String videoTrack, String audioTrack, List<EncodedTrack> tracks) implements Task {

        /** Takes a copy of the list. */
        public Download {
            tracks = List.copyOf(tracks);
        }

        @Override
        public Task given(List<EncodedTrack> made) {
            return new Download(
                    set,
                    videoTrack,
                    audioTrack,
                    made.stream()
                            .filter(track -> track.name().equals(videoTrack)
                                    || track.name().equals(audioTrack))
                            .toList());
        }

        /** The assembled track of a name; empty until the task is released. */
        public Optional<EncodedTrack> track(String name) {
            return tracks.stream().filter(track -> track.name().equals(name)).findFirst();
        }
    }
}
