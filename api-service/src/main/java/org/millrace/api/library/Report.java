package org.millrace.api.library;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was done to a video, so far if it is still being made.
 *
 * @param set which set of the video it is about: the one that is being made or was made last
 * @param source what was uploaded
 * @param renditions sizes of the picture, largest first; empty for a video that is only heard
 * @param changes what was changed, converted, kept or left out
 * @param partial whether a part of the source is missing
 * @param remarks sentences about what is missing or was left out
 * @param effort what it took
 * @param space what it needs
 */
@Schema(name = "VideoReport")
public record Report(
        int set,
        Source source,
        List<Rendition> renditions,
        List<Change> changes,
        boolean partial,
        List<String> remarks,
        Effort effort,
        Space space) {

    /** Takes copies of the lists. */
    public Report {
        renditions = List.copyOf(renditions);
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
    }

    /**
     * What was uploaded.
     *
     * @param container kind of file, in words
     * @param sizeBytes its length
     * @param seconds how long it lasts; null if unknown
     * @param bitsPerSecond of everything in it; null if unknown
     * @param picture null if there is none
     * @param sounds in the order of the file
     * @param subtitles in the order of the file
     */
    @Schema(name = "ReportSource")
    public record Source(
            String container,
            long sizeBytes,
            Double seconds,
            Long bitsPerSecond,
            Picture picture,
            List<Sound> sounds,
            List<String> subtitles) {

        /** Takes copies of the lists. */
        public Source {
            sounds = List.copyOf(sounds);
            subtitles = List.copyOf(subtitles);
        }
    }

    /**
     * The picture of the source.
     *
     * @param codec in words
     * @param width pixels, as it is seen
     * @param height pixels, as it is seen
     * @param framesPerSecond on average; null if unknown
     * @param colours in words
     */
    @Schema(name = "ReportPicture")
    public record Picture(String codec, int width, int height, Double framesPerSecond, String colours) {}

    /**
     * A sound track of the source.
     *
     * @param codec in words; null if it cannot be decoded
     * @param channels how many; 0 if unknown
     * @param language in words; null if unknown
     */
    @Schema(name = "ReportSound")
    public record Sound(String codec, int channels, String language) {}

    /**
     * One size of the picture.
     *
     * @param name for example {@code 720p}
     * @param width pixels
     * @param height pixels
     * @param copied whether it is the picture of the source as it was
     * @param sizeBytes of its file; null until that is there
     */
    @Schema(name = "ReportRendition")
    public record Rendition(String name, int width, int height, boolean copied, Long sizeBytes) {}

    /** What a change is about. */
    public enum About {
        /** The picture. */
        PICTURE,
        /** The sound. */
        SOUND,
        /** Subtitles. */
        SUBTITLES
    }

    /**
     * Something that was changed, converted, kept or left out.
     *
     * @param about what it is about
     * @param code stable, for example {@code tone-mapped}
     * @param text the same in a sentence
     */
    @Schema(name = "ReportChange")
    public record Change(About about, String code, String text) {}

    /**
     * What it took.
     *
     * @param playableAfterSeconds from the upload to the first moment at which it could be played; null if unknown
     * @param readyAfterSeconds from the upload, or the wish to encode again, to the end of all work; null while it goes on
     * @param speed seconds of video made per second, from there to the end; null while it goes on
     * @param cpuSeconds of all attempts that succeeded
     * @param aheadCpuSeconds of those that made the start rendition ahead of the others, so that playing could begin
     * @param attempts how many tries there were
     * @param failedAttempts how many of them failed, were lost or were given back
     * @param kinds by kind of work, the most expensive first
     */
    @Schema(name = "ReportEffort")
    public record Effort(
            Double playableAfterSeconds,
            Double readyAfterSeconds,
            Double speed,
            double cpuSeconds,
            double aheadCpuSeconds,
            int attempts,
            int failedAttempts,
            List<Kind> kinds) {

        /** Takes a copy of the list. */
        public Effort {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * Work of one kind.
     *
     * @param name in words
     * @param wallSeconds that its attempts lasted, added up
     * @param cpuSeconds that they used
     * @param attempts how many succeeded
     */
    @Schema(name = "ReportKind")
    public record Kind(String name, double wallSeconds, double cpuSeconds, int attempts) {}

    /**
     * What it needs.
     *
     * @param sourceBytes length of the upload
     * @param madeBytes everything that was made of it; null until the set is finished
     * @param ratio how many times the upload that is; null until then
     */
    @Schema(name = "ReportSpace")
    public record Space(long sourceBytes, Long madeBytes, Double ratio) {}
}
