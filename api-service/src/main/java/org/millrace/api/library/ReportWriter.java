package org.millrace.api.library;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.millrace.api.ledger.AttemptRow;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.playback.Language;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.plan.Leads;
import org.millrace.model.task.Remark;

/** Writes the report of a video: a pure function of what the ledger knows. */
final class ReportWriter {

    private ReportWriter() {}

    static Report of(Evidence evidence) {
        List<Report.Change> changes = new ArrayList<>(PictureChanges.of(evidence));
        changes.addAll(SoundChanges.of(evidence));
        return new Report(
                evidence.set(),
                source(evidence),
                renditions(evidence),
                changes,
                evidence.remarks().stream().anyMatch(remark -> remark.kind() == Remark.Kind.LOSS),
                evidence.remarks().stream().map(Remark::text).toList(),
                effort(evidence),
                space(evidence));
    }

    private static Report.Source source(Evidence evidence) {
        MediaFacts facts = evidence.facts();
        Double seconds = evidence.seconds() != null ? evidence.seconds() : facts.durationSeconds();
        return new Report.Source(
                MediaWords.container(facts.container()),
                evidence.sourceBytes(),
                seconds,
                seconds == null || seconds <= 0 ? null : Math.round(8 * evidence.sourceBytes() / seconds),
                facts.mainVideo().map(track -> picture(track, evidence)).orElse(null),
                facts.audio().stream()
                        .map(track -> new Report.Sound(
                                track.codec() == null ? null : MediaWords.codec(track.codec()),
                                track.channels(),
                                languageOrNull(track.language())))
                        .toList(),
                facts.subtitles().stream()
                        .map(track -> MediaWords.codec(track.codec())
                                + (languageOrNull(track.language()) == null
                                        ? ""
                                        : ", " + languageOrNull(track.language())))
                        .toList());
    }

    private static Report.Picture picture(VideoTrack track, Evidence evidence) {
        Double counted = evidence.packets().stream()
                .filter(index -> index.track() == track.index() && index.packets() > 1 && index.spanSeconds() > 0)
                .map(index -> index.packets() / index.spanSeconds())
                .findFirst()
                .orElse(track.averageRate() == null ? null : track.averageRate().value());
        return new Report.Picture(
                MediaWords.codec(track.codec()),
                track.displayWidth(),
                track.displayHeight(),
                counted,
                MediaWords.colours(track));
    }

    private static String languageOrNull(String code) {
        String tag = Language.tagOrNull(code);
        return tag == null ? null : Language.name(tag);
    }

    private static List<Report.Rendition> renditions(Evidence evidence) {
        if (evidence.outline() == null) {
            return List.of();
        }
        return evidence.outline().rungs().stream()
                .map(rung -> new Report.Rendition(
                        rung.name(),
                        rung.width(),
                        rung.height(),
                        rung.name().equals(evidence.outline().copied()),
                        evidence.objects().stream()
                                .filter(object -> object.kind() == PublishedRow.Kind.VIDEO
                                        && object.name().equals(rung.name()))
                                .map(Evidence.Made::sizeBytes)
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    private static Report.Effort effort(Evidence evidence) {
        Double ready = between(evidence.begun(), evidence.readyAt());
        Map<String, Report.Kind> kinds = new LinkedHashMap<>();
        double ahead = 0;
        int failed = 0;
        for (Evidence.Try attempt : evidence.attempts()) {
            if (attempt.state() == AttemptRow.State.SUCCEEDED) {
                double wall = Objects.requireNonNullElse(attempt.wallSeconds(), 0.0);
                double cpu = Objects.requireNonNullElse(attempt.cpuSeconds(), 0.0);
                kinds.merge(kind(attempt), new Report.Kind(kind(attempt), wall, cpu, 1), ReportWriter::sum);
                ahead += Leads.isLead(attempt.task()) ? cpu : 0;
            } else if (attempt.state() != AttemptRow.State.RUNNING) {
                failed++;
            }
        }
        return new Report.Effort(
                between(evidence.begun(), evidence.growingSince()),
                ready,
                ready == null || ready <= 0 || evidence.seconds() == null ? null : evidence.seconds() / ready,
                kinds.values().stream().mapToDouble(Report.Kind::cpuSeconds).sum(),
                ahead,
                evidence.attempts().size(),
                failed,
                kinds.values().stream()
                        .sorted(Comparator.comparing(Report.Kind::cpuSeconds).reversed())
                        .toList());
    }

    private static Report.Kind sum(Report.Kind one, Report.Kind other) {
        return new Report.Kind(
                one.name(),
                one.wallSeconds() + other.wallSeconds(),
                one.cpuSeconds() + other.cpuSeconds(),
                one.attempts() + other.attempts());
    }

    private static String kind(Evidence.Try attempt) {
        if (Leads.isLead(attempt.task())) {
            return "Start rendition ahead";
        }
        return switch (attempt.kind()) {
            case "analyse" -> "Looking at the file";
            case "encode chunk" -> "Converting the picture";
            case "encode audio" -> "Converting the sound";
            case "measure loudness" -> "Measuring the sound";
            case "remux" -> "Copying the picture";
            case "assemble" -> "Joining";
            case "preview", "cover", "storyboard" -> "Poster and previews";
            case "extract subtitles" -> "Subtitles";
            case "download" -> "Download";
            default -> attempt.kind();
        };
    }

    private static Report.Space space(Evidence evidence) {
        long made =
                evidence.objects().stream().mapToLong(Evidence.Made::sizeBytes).sum();
        return evidence.finished() && evidence.sourceBytes() > 0
                ? new Report.Space(evidence.sourceBytes(), made, (double) made / evidence.sourceBytes())
                : new Report.Space(evidence.sourceBytes(), null, null);
    }

    private static Double between(Instant from, Instant to) {
        return from == null || to == null || to.isBefore(from)
                ? null
                : Duration.between(from, to).toMillis() / 1000.0;
    }
}
