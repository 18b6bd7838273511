package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.model.id.TaskId;
import org.millrace.model.media.Loudness;
import org.millrace.model.message.Result;
import org.millrace.model.plan.PlannedTask;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Supplies;
import org.millrace.model.task.Task;
import org.millrace.model.wire.WireFormat;

/**
 * Writes plans into the ledger as tasks and releases what waited for others. Every method belongs into the caller's
 * transaction.
 */
@ApplicationScoped
class PlanWriter {

    /** Version of the planner: videos that an older one has planned and that are not finished are planned anew. */
    static final int VERSION = 2;

    /** Expected CPU seconds of reading a header and a few frames. */
    static final double ANALYSE_WEIGHT = 0.5;

    private final LedgerNews news;

    PlanWriter(LedgerNews news) {
        this.news = news;
    }

    /**
     * Adds tasks to the set that a video builds, except those that are there already by name.
     *
     * @param tasks in an order in which each comes after all it needs
     */
    void add(VideoRow video, List<PlannedTask> tasks, Instant now) {
        Map<String, String> ids = new HashMap<>(idsByName(video));
        int ordinal = ids.size();
        Set<String> there = Set.copyOf(ids.keySet());
        List<PlannedTask> fresh =
                tasks.stream().filter(task -> !there.contains(task.name())).toList();
        for (PlannedTask planned : fresh) {
            TaskRow row = row(video, planned, ordinal++, now);
            ids.put(planned.name(), row.id);
            row.persist();
        }
        TaskRow.getEntityManager().flush();
        for (PlannedTask planned : fresh) {
            for (int i = 0; i < planned.needs().size(); i++) {
                new NeedRow(ids.get(planned.name()), ids.get(planned.needs().get(i)), i).persist();
            }
        }
        TaskRow.getEntityManager().flush();
        // What a task needs may have been done before it was planned.
        fresh.stream()
                .filter(planned -> !planned.needs().isEmpty())
                .map(planned -> TaskRow.<TaskRow>findById(ids.get(planned.name())))
                .filter(row -> row.state == TaskState.BLOCKED && needsAreMet(row.id))
                .forEach(row -> releaseOne(row, now));
        news.workReleased();
    }

    /** The task of a name in the set that a video builds; null if there is none. */
    TaskRow find(VideoRow video, String name) {
        return TaskRow.find("videoId = ?1 and setNumber = ?2 and name = ?3", video.id, video.buildingSet, name)
                .firstResult();
    }

    /** Lets a task need another one as well. */
    void addNeed(String task, String needs) {
        int ordinal = (int) NeedRow.count("taskId", task);
        new NeedRow(task, needs, ordinal).persist();
    }

    /**
     * Releases the tasks that waited for one that is done or can be done without: each is given what all its needs have
     * made. An assembly that got nothing to join has nothing to do and is done at once.
     */
    void release(TaskRow finished, Instant now) {
        TaskRow.getEntityManager().flush();
        List<NeedRow> waiting = NeedRow.list("needsId", finished.id);
        for (NeedRow edge : waiting) {
            TaskRow task = TaskRow.findById(edge.taskId);
            if (task.state == TaskState.BLOCKED && needsAreMet(task.id)) {
                releaseOne(task, now);
            }
        }
    }

    /** Puts a stopped task back to where it can be dispatched, with all its tries before it. */
    void restart(TaskRow task, Instant now) {
        boolean blocked = !needsAreMet(task.id);
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

    private static Map<String, String> idsByName(VideoRow video) {
        return TaskRow.getEntityManager()
                .createQuery(
                        "select t.name, t.id from TaskRow t where t.videoId = ?1 and t.setNumber = ?2", Object[].class)
                .setParameter(1, video.id)
                .setParameter(2, video.buildingSet)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1]));
    }

    private static TaskRow row(VideoRow video, PlannedTask planned, int ordinal, Instant now) {
        TaskRow row = new TaskRow();
        row.id = TaskId.random().value();
        row.videoId = video.id;
        row.owner = video.owner;
        row.setNumber = video.buildingSet;
        row.ordinal = ordinal;
        row.name = planned.name();
        row.kind = planned.task().kind();
        row.lane = planned.lane();
        row.urgency = planned.urgency();
        row.optional = planned.isOptional();
        row.state = planned.needs().isEmpty() ? TaskState.WAITING : TaskState.BLOCKED;
        row.weight = planned.weight();
        row.bytes = planned.bytes();
        row.work = WireFormat.write(planned.task());
        row.strategy = Strategy.PLAIN;
        row.notBefore = now;
        row.createdAt = video.createdAt;
        row.updatedAt = now;
        if (planned.task() instanceof Task.EncodeChunk chunk) {
            row.spanFrom = chunk.span().from();
            row.spanTo = chunk.span().to();
        }
        return row;
    }

    private void releaseOne(TaskRow task, Instant now) {
        fillIn(task);
        if (task.task() instanceof Task.Assemble assemble && assemble.pieces().isEmpty()) {
            task.result = WireFormat.write(Result.Tracks.of(List.of()));
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
        List<EncodedTrack> tracks = new ArrayList<>();
        Loudness loudness = null;
        for (TaskRow need : needsOf(task)) {
            switch (need.resultOrNull()) {
                case Result.Tracks made -> tracks.addAll(made.tracks());
                case Result.Measured measured -> loudness = measured.loudness();
                case null, default -> {
                    // It failed and can be done without, or only had to come first.
                }
            }
        }
        Task given = task.task().given(new Supplies(tracks, loudness));
        task.work = WireFormat.write(given);
        task.bytes = Math.max(task.bytes, given.joinedBytes());
    }

    /** Counted by the database: a task that joins a long video needs hundreds of others. */
    private static boolean needsAreMet(String task) {
        return TaskRow.getEntityManager()
                        .createQuery(
                                "select count(t) from NeedRow n, TaskRow t where n.taskId = ?1 and t.id = n.needsId"
                                        + " and t.state <> ?2 and not (t.state = ?3 and t.optional = true)",
                                Long.class)
                        .setParameter(1, task)
                        .setParameter(2, TaskState.DONE)
                        .setParameter(3, TaskState.FAILED)
                        .getSingleResult()
                == 0;
    }

    private static List<TaskRow> needsOf(TaskRow task) {
        return TaskRow.getEntityManager()
                .createQuery(
                        "select t from NeedRow n, TaskRow t where n.taskId = ?1 and t.id = n.needsId order by n.ordinal",
                        TaskRow.class)
                .setParameter(1, task.id)
                .getResultList();
    }
}
