package org.millrace.api.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report of a video in words, as its page shows it.
 *
 * @param headline all of it in one line
 * @param sections titles and sentences
 */
public record ReportCard(String headline, List<Section> sections) {

    /** Takes a copy of the list. */
    public ReportCard {
        sections = List.copyOf(sections);
    }

    /**
     * A part of it.
     *
     * @param title what it is about
     * @param lines a sentence or a list each
     */
    public record Section(String title, List<String> lines) {}

    static ReportCard of(Report report) {
        List<Section> sections = new ArrayList<>();
        add(sections, "Original", source(report.source()));
        add(sections, "Picture", changes(report, Report.About.PICTURE));
        add(sections, "Sound", changes(report, Report.About.SOUND));
        add(sections, "Subtitles", changes(report, Report.About.SUBTITLES));
        add(sections, report.partial() ? "What is missing" : "Left out", report.remarks());
        add(sections, "Qualities", renditions(report));
        add(sections, "Work", effort(report.effort()));
        add(sections, "Space", space(report.space()));
        return new ReportCard(headline(report), sections);
    }

    private static void add(List<Section> sections, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            sections.add(new Section(title, lines));
        }
    }

    private static String headline(Report report) {
        long copied =
                report.renditions().stream().filter(Report.Rendition::copied).count();
        long encoded = report.renditions().size() - copied;
        Report.Effort effort = report.effort();
        return Stream.of(
                        copied > 0 ? "kept as it was" : null,
                        encoded > 0 ? "converted to " + count(encoded, copied > 0 ? "more quality" : "quality") : null,
                        effort.playableAfterSeconds() == null
                                ? null
                                : "playable after " + seconds(effort.playableAfterSeconds()),
                        effort.readyAfterSeconds() == null
                                ? null
                                : "finished after " + seconds(effort.readyAfterSeconds()),
                        report.partial() ? "not complete" : null)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private static List<String> source(Report.Source source) {
        List<String> lines = new ArrayList<>();
        lines.add(joined(
                source.container(),
                Words.bytes(source.sizeBytes()),
                source.seconds() == null ? null : Words.clock(source.seconds()),
                source.bitsPerSecond() == null ? null : MediaWords.bitRate(source.bitsPerSecond())));
        if (source.picture() != null) {
            Report.Picture picture = source.picture();
            lines.add("Picture: "
                    + joined(
                            picture.codec(),
                            picture.width() + " × " + picture.height(),
                            picture.framesPerSecond() == null
                                    ? null
                                    : MediaWords.rate(picture.framesPerSecond()) + " frames per second",
                            picture.colours() + " colours"));
        }
        for (Report.Sound sound : source.sounds()) {
            lines.add("Sound: "
                    + joined(
                            sound.codec() == null ? "of an unknown kind" : sound.codec(),
                            MediaWords.channels(sound.channels()),
                            sound.language()));
        }
        source.subtitles().forEach(subtitles -> lines.add("Subtitles: " + subtitles));
        return lines;
    }

    private static List<String> changes(Report report, Report.About about) {
        return report.changes().stream()
                .filter(change -> change.about() == about)
                .map(Report.Change::text)
                .toList();
    }

    private static List<String> renditions(Report report) {
        return report.renditions().stream()
                .map(rendition -> joined(
                        rendition.name(),
                        rendition.width() + " × " + rendition.height(),
                        rendition.sizeBytes() == null ? null : Words.bytes(rendition.sizeBytes()),
                        rendition.copied() ? "the original picture" : null))
                .toList();
    }

    private static List<String> effort(Report.Effort effort) {
        List<String> lines = new ArrayList<>();
        if (effort.playableAfterSeconds() != null) {
            lines.add("It could be played " + seconds(effort.playableAfterSeconds()) + " after the upload.");
        }
        if (effort.readyAfterSeconds() != null) {
            lines.add("Everything was done after " + seconds(effort.readyAfterSeconds())
                    + (effort.speed() == null
                            ? "."
                            : ", " + Words.times(effort.speed()) + " the speed of playing it."));
        }
        if (effort.cpuSeconds() > 0) {
            lines.add(seconds(effort.cpuSeconds()) + " of processor time"
                    + (effort.aheadCpuSeconds() > 0
                            ? ", " + seconds(effort.aheadCpuSeconds())
                                    + " of it to make the start rendition ahead of the others."
                            : "."));
        }
        effort.kinds().stream()
                .map(kind -> kind.name() + ": " + seconds(kind.cpuSeconds()) + " of processor time in "
                        + count(kind.attempts(), "task") + " that lasted " + seconds(kind.wallSeconds())
                        + (kind.attempts() == 1 ? "" : " together"))
                .forEach(lines::add);
        if (effort.failedAttempts() > 0) {
            lines.add(count(effort.failedAttempts(), "try", "tries") + " did not lead to a result.");
        }
        return lines;
    }

    private static List<String> space(Report.Space space) {
        return space.madeBytes() == null
                ? List.of()
                : List.of(Words.bytes(space.sourceBytes()) + " were uploaded, " + Words.bytes(space.madeBytes())
                        + " were made of it: " + String.format(Locale.ROOT, "%.2f", space.ratio())
                        + " times the original.");
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> part != null && !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String count(long number, String unit) {
        return count(number, unit, unit.endsWith("y") ? unit.substring(0, unit.length() - 1) + "ies" : unit + "s");
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static String seconds(double seconds) {
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 120 ? Math.round(seconds) + " s" : Words.clock(seconds) + (seconds < 3600 ? " min" : " h");
    }
}
