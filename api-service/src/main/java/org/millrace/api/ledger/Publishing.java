package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.StoredFile;
import org.millrace.model.task.Task;
import org.millrace.model.wire.WireFormat;

/**
 * Notes finished objects as part of a set, and frees what they replace. Every method belongs into the caller's
 * transaction.
 */
@ApplicationScoped
class Publishing {

    static final String POSTER = "poster";
    static final String MANIFEST = "manifest";

    private final LedgerNews news;

    Publishing(LedgerNews news) {
        this.news = news;
    }

    /** Takes in what a task has made; pieces that are still to be joined are no objects of the set. */
    void publish(VideoRow video, TaskRow task, Result result, Instant now) {
        switch (result) {
            case Result.Tracks tracks -> {
                if (task.task() instanceof Task.Assemble assemble) {
                    tracks.tracks().forEach(track -> track(video, task, track));
                    free(assemble, now);
                }
            }
            case Result.Poster poster -> poster(task, poster, now);
            case Result.Storyboard made -> storyboard(video, task, made, now);
            case Result.Subtitles made ->
                made.files()
                        .forEach(file -> file(
                                row(task, "subtitles-" + file.track().index(), PublishedRow.Kind.SUBTITLES),
                                file.file(),
                                WireFormat.write(file)));
            case Result.File file ->
                file(
                        row(task, "download", PublishedRow.Kind.DOWNLOAD),
                        new StoredFile(file.object(), file.sizeBytes(), file.sha256()),
                        null);
            case Result.Measured measured -> {
                // It is handed on to the task that needs it.
            }
            case Result.Audited audited -> {
                // Whoever asked for it reads it from the task.
            }
            case Result.Header header -> throw new IllegalArgumentException("Not an object: a header");
            case Result.Index index -> throw new IllegalArgumentException("Not an object: an index");
        }
    }

    /** Whether the building set holds anything to play. */
    boolean hasTracks(VideoRow video) {
        return PublishedRow.count("videoId = ?1 and setNumber = ?2 and track is not null", video.id, video.buildingSet)
                > 0;
    }

    /** Length of the longest track of the building set, in seconds. */
    double longest(VideoRow video) {
        return PublishedRow.ofSet(video.id, video.buildingSet).stream()
                .filter(row -> row.track != null)
                .map(PublishedRow::encodedTrack)
                .mapToDouble(track -> track.endTicks() / (double) track.timescale())
                .max()
                .orElse(0);
    }

    private void track(VideoRow video, TaskRow task, EncodedTrack track) {
        PublishedRow row = row(task, track.name(), track.isVideo() ? PublishedRow.Kind.VIDEO : PublishedRow.Kind.AUDIO);
        row.width = track.width();
        row.height = track.height();
        row.track = WireFormat.write(track);
        file(row, new StoredFile(track.object(), track.sizeBytes(), track.sha256()), null);
    }

    /** What was joined is needed no more: its fragments are in the joined file, under the same addresses. */
    private void free(Task.Assemble assemble, Instant now) {
        assemble.pieces().forEach(piece -> GarbageRow.note(piece.object(), now));
        news.garbage();
    }

    private void storyboard(VideoRow video, TaskRow task, Result.Storyboard made, Instant now) {
        if (made.poster() != null && video.posterSeconds == null) {
            poster(task, made.poster(), now);
        }
        PublishedRow sheet = row(task, "storyboard", PublishedRow.Kind.STORYBOARD);
        sheet.width = made.columns() * made.tileWidth();
        sheet.height = (made.tiles() + made.columns() - 1) / made.columns() * made.tileHeight();
        file(sheet, made.sheet(), WireFormat.write(made));
        if (made.clip() != null) {
            file(row(task, "clip", PublishedRow.Kind.CLIP), made.clip(), null);
        }
    }

    /** A poster may be replaced by a better one; the other objects of a set never are. */
    private void poster(TaskRow task, Result.Poster poster, Instant now) {
        PublishedRow before = PublishedRow.findById(new PublishedRow.Key(task.videoId, task.setNumber, POSTER));
        PublishedRow row = before == null ? row(task, POSTER, PublishedRow.Kind.POSTER) : before;
        if (before != null) {
            GarbageRow.note(new ObjectKey(before.objectKey), now);
            // The manifest names the poster: it has to be written again.
            PublishedRow.deleteById(new PublishedRow.Key(task.videoId, task.setNumber, MANIFEST));
        }
        row.width = poster.width();
        row.height = poster.height();
        file(row, new StoredFile(poster.object(), poster.sizeBytes(), poster.sha256()), null);
    }

    private static PublishedRow row(TaskRow task, String name, PublishedRow.Kind kind) {
        PublishedRow row = new PublishedRow();
        row.videoId = task.videoId;
        row.setNumber = task.setNumber;
        row.name = name;
        row.kind = kind;
        return row;
    }

    private static void file(PublishedRow row, StoredFile file, String detail) {
        row.objectKey = file.object().value();
        row.sizeBytes = file.sizeBytes();
        row.sha256 = file.sha256();
        row.detail = detail;
        row.persist();
    }
}
