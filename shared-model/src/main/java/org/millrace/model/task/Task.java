package org.millrace.model.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Preset;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.SubtitleTrack;

/**
 * One unit of worker work. Its inputs are facts of the ledger and object keys, never paths, so it can run on any
 * worker, twice if need be. Components that version 1 of a message did not have are null there.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Task.Analyse.class, name = "analyse"),
    @JsonSubTypes.Type(value = Task.EncodeChunk.class, name = "encode-chunk"),
    @JsonSubTypes.Type(value = Task.EncodeAudio.class, name = "encode-audio"),
    @JsonSubTypes.Type(value = Task.MeasureLoudness.class, name = "measure-loudness"),
    @JsonSubTypes.Type(value = Task.Remux.class, name = "remux"),
    @JsonSubTypes.Type(value = Task.Assemble.class, name = "assemble"),
    @JsonSubTypes.Type(value = Task.Preview.class, name = "preview"),
    @JsonSubTypes.Type(value = Task.Cover.class, name = "cover"),
    @JsonSubTypes.Type(value = Task.Storyboard.class, name = "storyboard"),
    @JsonSubTypes.Type(value = Task.ExtractSubtitles.class, name = "extract-subtitles"),
    @JsonSubTypes.Type(value = Task.Download.class, name = "download"),
    @JsonSubTypes.Type(value = Task.Audit.class, name = "audit")
})
public sealed interface Task {

    /**
     * This task with what the tasks it needs have made. A plan leaves it open; the ledger fills it in when it releases
     * the task.
     */
    default Task given(Supplies made) {
        return this;
    }

    /**
     * What is left of this task when parts of its result are accepted already.
     *
     * @param parts in order; empty if there are none
     */
    default Task resumed(List<EncodedTrack> parts) {
        return this;
    }

    /** Whether it publishes parts of its result while it runs. */
    default boolean publishesParts() {
        return false;
    }

    /** Bytes of what it puts together, once it has been given that; 0 for tasks that put nothing together. */
    default long joinedBytes() {
        return 0;
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
            /** The header, a few frames and the packets of the first seconds; all packets if the file is small. */
            HEADER,
            /** Every packet: how long is each track really? */
            INDEX
        }
    }

    /**
     * Makes one chunk of one or more renditions in one encoder run.
     *
     * @param source where its bytes are
     * @param video how to read the picture
     * @param grid the output's frames
     * @param span which of them to make
     * @param rungs sizes to make, largest first; each is scaled from the one before
     * @param set which set of the video it is made for
     * @param preset quality and speed
     * @param seekSeconds time stamp in the file to begin reading at; null reads from the start
     * @param live whether each GOP of the one rung is published as soon as it is made
     * @param window bytes of the source that it reads; null if they are not known
     */
    record EncodeChunk(
            ObjectKey source,
            VideoInput video,
            Grid grid,
            Span span,
            List<Rung> rungs,
            Integer set,
            Preset preset,
            Double seekSeconds,
            Boolean live,
            ByteWindow window)
            implements Task {

        /** Takes a copy of the list, and an absent {@code live} for false. */
        public EncodeChunk {
            rungs = List.copyOf(rungs);
            live = live != null && live;
        }

        @Override
        public boolean publishesParts() {
            return live;
        }

        @Override
        public Task resumed(List<EncodedTrack> parts) {
            long made = parts.stream().mapToLong(EncodedTrack::samples).sum();
            if (made == 0) {
                return this;
            }
            // A GOP that is not full is the last one, wherever the plan expected the end.
            boolean whole = made >= span.frames() || made % grid.gopFrames() != 0;
            long from = span.from() + made;
            return of(new Span(from, whole ? from : span.to(), span.last()), rungs);
        }

        /** The same for another span or other rungs. */
        public EncodeChunk of(Span otherSpan, List<Rung> otherRungs) {
            return new EncodeChunk(source, video, grid, otherSpan, otherRungs, set, preset, seekSeconds, live, window);
        }
    }

    /**
     * Makes one audio track, or a part of it. Every run encodes from the start, because only then does it make the same
     * packets; what exists already is dropped.
     *
     * @param source where its bytes are
     * @param audio how to read the sound
     * @param name of the result, for example {@code audio-1}
     * @param bitrateKbit of the AAC stream
     * @param seconds planned end of the sound on the output's time line; for the lead, of the part
     * @param set which set of the video it is made for
     * @param part which part of the track
     * @param gainDb decibels by which it is made louder; null leaves it as it is
     * @param skipTicks end of what exists already, in ticks of 48 kHz; null or 0 if nothing does
     */
    record EncodeAudio(
            ObjectKey source,
            AudioInput audio,
            String name,
            int bitrateKbit,
            double seconds,
            Integer set,
            Part part,
            Double gainDb,
            Long skipTicks)
            implements Task {

        @Override
        public boolean publishesParts() {
            return set != null;
        }

        @Override
        public Task given(Supplies made) {
            Double gain = made.loudness() == null
                    ? gainDb
                    : Double.valueOf(made.loudness().gainDb());
            return new EncodeAudio(source, audio, name, bitrateKbit, seconds, set, part, gain, made.endOf(name));
        }

        @Override
        public Task resumed(List<EncodedTrack> parts) {
            return parts.isEmpty()
                    ? this
                    : new EncodeAudio(
                            source,
                            audio,
                            name,
                            bitrateKbit,
                            seconds,
                            set,
                            part,
                            gainDb,
                            parts.getLast().endTicks());
        }
    }

    /** Which part of a track a task makes that has to begin at the start of the source. */
    enum Part {
        /** All of it. */
        WHOLE,
        /** The first minute or two, so that playing can begin. */
        LEAD,
        /** What follows the lead. */
        REST
    }

    /**
     * Measures how loud the sound is.
     *
     * @param source where its bytes are
     * @param audio how to read the sound
     * @param seconds planned length of the sound
     */
    record MeasureLoudness(ObjectKey source, AudioInput audio, double seconds) implements Task {}

    /**
     * Copies the picture of a compatible source into fragments without encoding, one for each of its GOPs.
     *
     * @param source where its bytes are
     * @param part which part of it
     * @param video how to read the picture
     * @param name of the rendition, for example {@code 1080p}
     * @param set which set of the video it is made for
     * @param seconds planned end on the output's time line; for the lead, of the part
     * @param skipTicks end of what exists already, in ticks of 90 kHz; null or 0 if nothing does
     */
    record Remux(
            ObjectKey source, Part part, VideoInput video, String name, Integer set, Double seconds, Long skipTicks)
            implements Task {

        @Override
        public boolean publishesParts() {
            return true;
        }

        @Override
        public Task given(Supplies made) {
            return new Remux(source, part, video, name, set, seconds, made.endOf(name));
        }

        @Override
        public Task resumed(List<EncodedTrack> parts) {
            return parts.isEmpty()
                    ? this
                    : new Remux(
                            source,
                            part,
                            video,
                            name,
                            set,
                            seconds,
                            parts.getLast().endTicks());
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
        public Task given(Supplies made) {
            return new Assemble(track, set, made.of(track));
        }

        @Override
        public long joinedBytes() {
            return pieces.stream().mapToLong(EncodedTrack::sizeBytes).sum();
        }
    }

    /**
     * Makes the picture that stands for a video, from its source.
     *
     * @param source where its bytes are
     * @param set which set of the video the picture belongs to
     * @param video how to read the picture
     * @param seconds planned length of the video
     * @param atSeconds which moment to show, on the output's time line; null leaves the choice to the worker
     */
    record Preview(ObjectKey source, int set, VideoInput video, double seconds, Double atSeconds) implements Task {}

    /**
     * Makes the picture that stands for a file with nothing but sound: its cover, or else its waveform.
     *
     * @param source where its bytes are
     * @param set which set of the video the picture belongs to
     * @param picture stream index of the cover; null if there is none
     * @param audio the sound
     */
    record Cover(ObjectKey source, int set, Integer picture, AudioInput audio) implements Task {}

    /**
     * Makes what the pages show before anything plays, from finished renditions: the best poster, a storyboard for the
     * time line and a short moving preview.
     *
     * @param set which set of the video the pictures belong to
     * @param seconds length of the video
     * @param small name of the rendition that is looked through: the smallest
     * @param large name of the rendition that the poster is taken from
     * @param tracks the assembled tracks of those names; empty until the task is released
     */
    record Storyboard(int set, double seconds, String small, String large, List<EncodedTrack> tracks) implements Task {

        /** Takes a copy of the list. */
        public Storyboard {
            tracks = List.copyOf(tracks);
        }

        @Override
        public Task given(Supplies made) {
            List<EncodedTrack> taken = made.tracks().stream()
                    .filter(track -> track.name().equals(small) || track.name().equals(large))
                    .toList();
            return new Storyboard(set, seconds, small, large, taken);
        }

        /** The assembled track of a name; empty until the task is released. */
        public Optional<EncodedTrack> track(String name) {
            return tracks.stream().filter(track -> track.name().equals(name)).findFirst();
        }
    }

    /**
     * Takes subtitles made of text out of a source.
     *
     * @param source where its bytes are
     * @param set which set of the video they belong to
     * @param startSeconds the file's first time stamp: zero of the output's time line
     * @param tracks which ones
     */
    record ExtractSubtitles(ObjectKey source, int set, double startSeconds, List<SubtitleTrack> tracks)
            implements Task {

        /** Takes a copy of the list. */
        public ExtractSubtitles {
            tracks = List.copyOf(tracks);
        }
    }

    /**
     * Makes the progressive MP4 for players without HLS and for downloads.
     *
     * @param set which set of the video the file belongs to
     * @param videoTrack name of the rung to take; null for a file with nothing but sound
     * @param audioTrack name of the audio track to take; null if there is none
     * @param tracks the assembled tracks of those names; empty until the task is released
     */
    record Download(int set, String videoTrack, String audioTrack, List<EncodedTrack> tracks) implements Task {

        /** Takes a copy of the list. */
        public Download {
            tracks = List.copyOf(tracks);
        }

        @Override
        public Task given(Supplies made) {
            List<EncodedTrack> taken = made.tracks().stream()
                    .filter(track ->
                            track.name().equals(videoTrack) || track.name().equals(audioTrack))
                    .toList();
            return new Download(set, videoTrack, audioTrack, taken);
        }

        @Override
        public long joinedBytes() {
            return tracks.stream().mapToLong(EncodedTrack::sizeBytes).sum();
        }

        /** The assembled track of a name; empty until the task is released. */
        public Optional<EncodedTrack> track(String name) {
            return tracks.stream().filter(track -> track.name().equals(name)).findFirst();
        }
    }

    /**
     * Reads finished objects to their last byte, compares them with what the ledger knows and decodes them whole.
     *
     * @param tracks renditions and sounds
     * @param files other objects
     */
    record Audit(List<EncodedTrack> tracks, List<StoredFile> files) implements Task {

        /** Takes copies of the lists. */
        public Audit {
            tracks = List.copyOf(tracks);
            files = List.copyOf(files);
        }
    }
}
