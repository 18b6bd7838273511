package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.millrace.model.id.TaskId;
import org.millrace.model.message.Result;
import org.millrace.model.plan.PlannedTask;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.model.wire.WireFormat;

/**
 * Writes plans into the ledger as tasks and releases what waited for others. Every method belongs into the caller's
 * transaction.
 */
@ApplicationScoped
class PlanWriter {

    /** Expected CPU seconds of reading a header and a few frames. */
    static final double ANALYSE_WEIGHT = 0.5;

    private final LedgerNews news;

    PlanWriter(LedgerNews news) {
        this.news = news;
    }

    /** Adds tasks to the set that a video builds; needs may name tasks of this list only. */
    void add(VideoRow video, List<PlannedTask> tasks, Instant now) {
        int ordinal = (int) TaskRow.count("videoId = ?1 and setNumber = ?2", video.id, video.buildingSet);
        Map<String, String> ids = new HashMap<>();
        for (PlannedTask planned : tasks) {
            TaskRow row = new TaskRow();
            row.id = TaskId.random().value();
            ids.put(planned.name(), row.id);
            row.videoId = video.id;
            row.owner = video.owner;
            row.setNumber = video.buildingSet;
            row.ordinal = ordinal++;
            row.name = planned.name();
            row.kind = planned.task().kind();
            row.lane = planned.lane();
            row.state = planned.needs().isEmpty() ? TaskState.WAITING : TaskState.BLOCKED;
            row.weight = planned.weight();
            row.work = WireFormat.write(planned.task());
            row.strategy = Strategy.PLAIN;
            row.notBefore = now;
            row.createdAt = video.createdAt;
            row.updatedAt = now;
            row.persist();
        }
        TaskRow.getEntityManager().flush();
        for (PlannedTask planned : tasks) {
            for (int i = 0; i < planned.needs().size(); i++) {
                new NeedRow(ids.get(planned.name()), ids.get(planned.needs().get(i)), i).persist();
            }
        }
        news.workReleased();
    }

    /**
     * Releases the tasks that waited for one that is done or will never be done: each is given the tracks of all its
     * needs. An assembly that got nothing to join has nothing to do and is done at once.
     */
    void release(TaskRow finished, Instant now) {
        List<NeedRow> waiting = NeedRow.list("needsId", finished.id);
        for (NeedRow edge : waiting) {
            TaskRow task = TaskRow.findById(edge.taskId);
            if (task.state == TaskState.BLOCKED && allNeedsAreMet(task)) {
                releaseOne(task, now);
            }
        }
    }

    /** Puts a stopped task back to where it can be dispatched, with all its tries before it. */
    void restart(TaskRow task, Instant now) {
        boolean blocked = !allNeedsAreMet(task);
        task.moveTo(blocked ? TaskState.BLOCKED : TaskState.WAITING, now);
        task.transientFailures = 0;
        task.trickyFailures = 0;
        task.strategy = Strategy.PLAIN;
        task.fraction = 0;
        task.notBefore = now;
        if (!blocked) {
            fillIn(task);
        }
    }

    private void releaseOne(TaskRow task, Instant now) {
        fillIn(task);
        if (task.task() instanceof Task.Assemble assemble && assemble.pieces().isEmpty()) {
            task.result = WireFormat.write(new Result.Tracks(List.of()));
            task.fraction = 1;
            task.moveTo(TaskState.DONE, now);
            release(task, now);
            return;
        }
        task.moveTo(TaskState.WAITING, now);
        task.notBefore = now;
        news.workReleased();
    }

    private static void fillIn(TaskRow task) {
        List<EncodedTrack> made = new ArrayList<>();
        for (TaskRow need : needsOf(task)) {
            if (need.resultOrNull() instanceof Result.Tracks tracks) {
                made.addAll(tracks.tracks());
            }
        }
        task.work = WireFormat.write(task.task().given(made));
    }

    private static boolean allNeedsAreMet(TaskRow task) {
        return needsOf(task).stream().allMatch(need -> need.state == TaskState.DONE);
    }

    private static List<TaskRow> needsOf(TaskRow task) {
        List<NeedRow> needs = NeedRow.list("taskId = ?1 order by ordinal", task.id);
        return needs.stream()
                .map(need -> TaskRow.<TaskRow>findById(need.needsId))
                .toList();
    }
}
