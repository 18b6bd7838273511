package org.millrace.api.ledger;

import java.util.List;
import org.millrace.model.message.Manifest;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Task;

/**
 * Whether a chunk can be joined with the others of its rendition: the first one accepted fixes what an encoder decides
 * once, and chunks of an encoder that decides otherwise are not taken.
 */
final class EncoderFit {

    private EncoderFit() {}

    /** Whether a result may be accepted; the first chunk's encoder is noted with the video. */
    static boolean accepts(VideoRow video, TaskRow task, Manifest manifest) {
        if (!(task.task() instanceof Task.EncodeChunk) || !(manifest.result() instanceof Result.Tracks made)) {
            return true;
        }
        if (video.encoder == null) {
            video.encoder = manifest.encoder();
        }
        List<TaskRow> done = TaskRow.list(
                "videoId = ?1 and setNumber = ?2 and kind = ?3 and state = ?4",
                task.videoId,
                task.setNumber,
                task.kind,
                TaskState.DONE);
        return done.stream()
                .map(TaskRow::resultOrNull)
                .filter(Result.Tracks.class::isInstance)
                .flatMap(result -> ((Result.Tracks) result).tracks().stream())
                .noneMatch(other -> made.tracks().stream().anyMatch(track -> differs(track, other)));
    }

    private static boolean differs(EncodedTrack mine, EncodedTrack other) {
        return mine.name().equals(other.name()) && !mine.initSha256().equals(other.initSha256());
    }
}
