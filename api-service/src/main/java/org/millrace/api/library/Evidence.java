package org.millrace.api.library;

import java.time.Instant;
import java.util.List;
import org.millrace.api.ledger.AttemptRow;
import org.millrace.api.ledger.Outline;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.TaskState;
import org.millrace.model.media.Loudness;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.task.Remark;

/**
 * Everything that a report is written from.
 *
 * @param facts of the source
 * @param packets its counted packets; empty until counted
 * @param sourceBytes length of the upload
 * @param seconds length of the video; null if unknown
 * @param remarks what the owner should know
 * @param set which set
 * @param outline what is planned for it; null until planned
 * @param begun when it was asked for
 * @param growingSince since when it could be played; null if never, or if another set was played before
 * @param readyAt when everything of it was done; null while it is not
 * @param finished whether all of its renditions are
 * @param tasks of the set
 * @param attempts at those tasks
 * @param objects of the set
 */
record Evidence(
        MediaFacts facts,
        List<TrackIndex> packets,
        long sourceBytes,
        Double seconds,
        List<Remark> remarks,
        int set,
        Outline outline,
        Instant begun,
        Instant growingSince,
        Instant readyAt,
        boolean finished,
        List<Done> tasks,
        List<Try> attempts,
        List<Made> objects) {

    /**
     * A task.
     *
     * @param name in the plan
     * @param kind in words
     * @param state where it stands
     * @param loudness what it has measured; null if it has measured nothing
     */
    record Done(String name, String kind, TaskState state, Loudness loudness) {}

    /**
     * A try at a task.
     *
     * @param task name of the task
     * @param kind of the task
     * @param state how it ended
     * @param wallSeconds that it lasted; null if unknown
     * @param cpuSeconds that it used; null if unknown
     */
    record Try(String task, String kind, AttemptRow.State state, Double wallSeconds, Double cpuSeconds) {}

    /**
     * An object.
     *
     * @param name of the rung, track or thing
     * @param kind what sort of object
     * @param sizeBytes its length
     */
    record Made(String name, PublishedRow.Kind kind, long sizeBytes) {}
}
