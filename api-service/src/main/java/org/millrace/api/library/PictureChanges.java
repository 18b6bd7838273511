package org.millrace.api.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.millrace.api.ledger.Outline;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.task.Remark;

/** Tells what was done to a picture, from what the source is like and what renditions always are. */
final class PictureChanges {

    private static final double HIGHEST_RATE = 60;

    /** Time between two frames that are neighbours, over that of a steady rate, from which the rate varies. */
    private static final double STEADY = 1.6;

    private final Outline outline;
    private final List<Remark> remarks;
    private final VideoTrack track;
    private final TrackIndex packets;
    private final List<Report.Change> changes = new ArrayList<>();

    private PictureChanges(Evidence evidence, VideoTrack track, TrackIndex packets) {
        this.outline = evidence.outline();
        this.remarks = evidence.remarks();
        this.track = track;
        this.packets = packets;
    }

    static List<Report.Change> of(Evidence evidence) {
        Outline outline = evidence.outline();
        Optional<VideoTrack> track = evidence.facts().mainVideo();
        if (track.isEmpty() && evidence.facts().video().stream().anyMatch(VideoTrack::still)) {
            return List.of(new Report.Change(
                    Report.About.PICTURE, "cover", "The file has a single picture, which was taken for its cover."));
        }
        if (outline == null || outline.rungs().isEmpty() || track.isEmpty()) {
            return List.of();
        }
        TrackIndex packets = evidence.packets().stream()
                .filter(index -> index.track() == track.get().index() && index.packets() > 1)
                .findFirst()
                .orElse(null);
        return new PictureChanges(evidence, track.get(), packets).all();
    }

    private List<Report.Change> all() {
        addSizes();
        if (outline.rungs().size() > 1 || outline.copied() == null) {
            addColours();
            addGeometry();
            addRate();
        }
        return changes;
    }

    private void addSizes() {
        if (outline.copied() != null) {
            add("copied", "The picture was kept as it is in " + outline.copied() + ": browsers can play it.");
        }
        String encoded = outline.rungs().stream()
                .map(Rung::name)
                .filter(name -> !name.equals(outline.copied()))
                .collect(Collectors.joining(", "));
        if (!encoded.isEmpty()) {
            add("encoded", "It was converted to H.264 in " + encoded + ".");
        }
    }

    private void addColours() {
        String range = MediaWords.dynamicRange(track);
        String detail = MediaWords.detailOrNull(track);
        int bits = MediaWords.bits(track);
        if (range != null) {
            add("tone-mapped", "The colours were mapped from " + range + " to those of ordinary screens.");
        } else if (bits > 8 || detail != null) {
            String from = (bits > 8 ? bits + " bit" : "")
                    + (bits > 8 && detail != null ? " " : "")
                    + (detail == null ? "" : detail);
            add("colour-detail", "Colours of " + from + " were stored as 8 bit 4:2:0, which every browser plays.");
        }
        // Whoever decoded the picture may have said so already.
        boolean said = remarks.stream().anyMatch(remark -> remark.text().contains("ransparen"));
        if (track.hasAlpha() && !said) {
            add("transparency", "Transparent parts were made black.");
        }
    }

    private void addGeometry() {
        if (track.rotation() != 0) {
            add("rotated", "The picture was turned upright by " + track.rotation() + "°.");
        }
        if (track.mirrored()) {
            add("mirrored", "The picture was mirrored, as the file asks for.");
        }
        if (track.interlaced()) {
            add("deinterlaced", "Half pictures were made whole ones (deinterlaced).");
        }
        if (!track.pixelAspect().equals(Rational.ONE)) {
            add(
                    "square-pixels",
                    "Stretched pixels were made square: " + track.width() + " × " + track.height() + " is seen as "
                            + track.displayWidth() + " × " + track.displayHeight() + ".");
        }
    }

    private void addRate() {
        if (packets == null || outline.grid() == null || packets.spanSeconds() <= 0) {
            return;
        }
        double made = outline.grid().rate().value();
        double measured = packets.packets() / packets.spanSeconds();
        String rate = MediaWords.rate(made);
        if (measured > HIGHEST_RATE * 1.01) {
            add("rate-capped", "Of " + MediaWords.rate(measured) + " frames per second " + rate + " were kept.");
        } else if (packets.longestGapSeconds() > STEADY / Math.min(measured, made)) {
            add("rate-constant", "A varying frame rate was made a constant one of " + rate + " per second.");
        } else if (Math.abs(measured / made - 1) > 0.01) {
            add("rate-changed", MediaWords.rate(measured) + " frames per second became " + rate + ".");
        }
    }

    private void add(String code, String text) {
        changes.add(new Report.Change(Report.About.PICTURE, code, text));
    }
}
