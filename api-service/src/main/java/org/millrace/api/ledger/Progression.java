package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.plan.Loss;
import org.millrace.model.plan.Plan;
import org.millrace.model.plan.PlannedTask;
import org.millrace.model.plan.Planner;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.model.wire.WireFormat;

/**
 * What a finished task means for its video: facts lead to a plan, assembled tracks to a playable set, the last task
 * to a video that is ready. Every method belongs into the caller's transaction.
 */
@ApplicationScoped
class Progression {

    /** Players that were opened before a set was replaced may still fetch from the old objects. */
    private static final Duration GRACE = Duration.ofHours(24);

    private static final double INDEX_WEIGHT = 1;

    private final Chunking chunking;
    private final PlanWriter plans;
    private final LedgerNews news;

    Progression(Chunking chunking, PlanWriter plans, LedgerNews news) {
        this.chunking = chunking;
        this.plans = plans;
        this.news = news;
    }

    /** Takes in what a task has found or made. */
    void succeeded(VideoRow video, TaskRow task, Result result, Instant now) {
        switch (result) {
            case Result.Header header -> analysed(video, task, header.facts(), now);
            case Result.Index index -> counted(video, task, index, now);
            case Result.Tracks tracks -> {
                if (task.task() instanceof Task.Assemble) {
                    tracks.tracks().forEach(track -> publish(video, task, track));
                }
            }
            case Result.Poster poster ->
                publish(
                        video,
                        task,
                        "poster",
                        PublishedRow.Kind.POSTER,
                        poster.object(),
                        poster.sizeBytes(),
                        poster.width(),
                        poster.height(),
                        null);
            case Result.File file ->
                publish(
                        video,
                        task,
                        "download",
                        PublishedRow.Kind.DOWNLOAD,
                        file.object(),
                        file.sizeBytes(),
                        0,
                        0,
                        null);
        }
        if (video.state == VideoState.PROCESSING) {
            plans.release(task, now);
            finishIfDone(video, now);
        }
        video.progress = Math.max(video.progress, Math.min(100, percentDone(video)));
        video.updatedAt = now;
        news.touched(video.videoId());
    }

    /** Ends a video whose task was given up, unless the video can do without it. */
    void gaveUp(VideoRow video, TaskRow task, FailureCode code, Instant now) {
        if (task.isOptional()) {
            finishIfDone(video, now);
        } else {
            fail(video, code, now);
        }
        video.updatedAt = now;
        news.touched(video.videoId());
    }

    private void analysed(VideoRow video, TaskRow task, MediaFacts facts, Instant now) {
        video.facts = WireFormat.write(facts);
        if (facts.mainVideo().isEmpty()) {
            fail(video, FailureCode.NO_VIDEO_TRACK, now);
            return;
        }
        video.duration = facts.durationSeconds();
        plans.add(
                video,
                List.of(new PlannedTask(
                        "analyse-index",
                        List.of(),
                        Lane.FAST,
                        INDEX_WEIGHT,
                        new Task.Analyse(video.source(), Task.Analyse.Scope.INDEX))),
                now);
    }

    private void counted(VideoRow video, TaskRow task, Result.Index index, Instant now) {
        MediaFacts facts = video.mediaFacts();
        List<TrackIndex> packets = index.tracks();
        video.packets = WireFormat.write(index);
        Optional<TrackIndex> picture = facts.mainVideo()
                .flatMap(track -> packets.stream()
                        .filter(counted -> counted.track() == track.index() && counted.packets() > 0)
                        .findFirst());
        if (picture.isEmpty()) {
            fail(video, FailureCode.TOO_SHORT, now);
            return;
        }
        Grid grid = Planner.grid(facts, packets);
        Plan plan = Planner.plan(video.source(), facts, packets, video.buildingSet, grid, chunking.chunks(grid));
        planned(video, plan, now);
        Loss.atEnd(facts, packets).ifPresent(remark -> video.addRemarks(List.of(remark)));
    }

    /** Writes a plan: its tasks, and what is known of the result already. */
    void planned(VideoRow video, Plan plan, Instant now) {
        Rung best = plan.rungs().get(0);
        video.grid = WireFormat.write(plan.grid());
        video.duration = plan.grid().seconds();
        video.width = best.width();
        video.height = best.height();
        plans.add(video, plan.tasks(), now);
        HistoryRow.note(video.id, null, now, "planned", plan.tasks().size() + " tasks");
    }

    private void publish(VideoRow video, TaskRow task, EncodedTrack track) {
        publish(
                video,
                task,
                track.name(),
                track.isVideo() ? PublishedRow.Kind.VIDEO : PublishedRow.Kind.AUDIO,
                track.object(),
                track.sizeBytes(),
                track.width(),
                track.height(),
                WireFormat.write(track));
    }

    private static void publish(
            VideoRow video,
            TaskRow task,
            String name,
            PublishedRow.Kind kind,
            ObjectKey object,
            long sizeBytes,
            int width,
            int height,
            String track) {
        PublishedRow row = new PublishedRow();
        row.videoId = video.id;
        row.setNumber = task.setNumber;
        row.name = name;
        row.kind = kind;
        row.objectKey = object.value();
        row.sizeBytes = sizeBytes;
        row.width = width;
        row.height = height;
        row.track = track;
        row.persist();
    }

    private void finishIfDone(VideoRow video, Instant now) {
        List<TaskRow> tasks = tasksOf(video);
        boolean planned = tasks.stream().anyMatch(task -> task.task() instanceof Task.Assemble);
        if (!planned) {
            return;
        }
        boolean assembled = tasks.stream()
                .filter(task -> task.task() instanceof Task.Assemble)
                .allMatch(task -> task.state == TaskState.DONE);
        if (assembled && !Integer.valueOf(video.buildingSet).equals(video.publishedSet)) {
            switchSet(video, tasks, now);
        }
        boolean done = tasks.stream()
                .allMatch(
                        task -> task.state == TaskState.DONE || (task.state == TaskState.FAILED && task.isOptional()));
        if (done && video.moveTo(VideoState.READY)) {
            HistoryRow.note(video.id, null, now, "ready", null);
            GarbageRow.note(MediaLayout.work(video.videoId()), now);
        }
    }

    private void switchSet(VideoRow video, List<TaskRow> tasks, Instant now) {
        if (video.publishedSet != null) {
            GarbageRow.note(MediaLayout.set(video.videoId(), video.publishedSet), now.plus(GRACE));
        }
        video.publishedSet = video.buildingSet;
        double longest = 0;
        for (TaskRow task : tasks) {
            if (task.task() instanceof Task.Assemble && task.resultOrNull() instanceof Result.Tracks made) {
                longest = Math.max(
                        longest,
                        made.tracks().stream()
                                .mapToDouble(EncodedTrack::seconds)
                                .max()
                                .orElse(0));
            }
        }
        video.duration = longest;
        HistoryRow.note(video.id, null, now, "playable", "set " + video.publishedSet);
    }

    private void fail(VideoRow video, FailureCode code, Instant now) {
        if (!video.moveTo(code.isRejection() ? VideoState.REJECTED : VideoState.FAILED)) {
            return;
        }
        video.failureCode = code.slug();
        video.failureMessage = code.sentence();
        HistoryRow.note(video.id, null, now, video.state.name().toLowerCase(Locale.ROOT), code.slug());
        for (TaskRow task : tasksOf(video)) {
            boolean out = TaskState.OUT.contains(task.state);
            if (!TaskState.FINAL.contains(task.state) && task.moveTo(TaskState.CANCELLED, now) && out) {
                news.unwanted(new Cancel(task.taskId(), null));
            }
        }
    }

    /** Share of the planned work that is done; before there is a plan, next to nothing is. */
    static double percentDone(VideoRow video) {
        List<TaskRow> tasks = new ArrayList<>(tasksOf(video));
        if (video.state == VideoState.READY) {
            return 100;
        }
        if (tasks.stream().noneMatch(task -> task.task() instanceof Task.Assemble)) {
            return tasks.stream().filter(task -> task.state == TaskState.DONE).count();
        }
        double all = tasks.stream().mapToDouble(task -> task.weight).sum();
        double done = tasks.stream()
                .filter(task -> EnumSet.of(TaskState.DONE, TaskState.FAILED).contains(task.state))
                .mapToDouble(task -> task.weight)
                .sum();
        return Math.min(99, 100 * done / all);
    }

    private static List<TaskRow> tasksOf(VideoRow video) {
        return TaskRow.list("videoId = ?1 and setNumber = ?2 order by ordinal", video.id, video.buildingSet);
    }
}
