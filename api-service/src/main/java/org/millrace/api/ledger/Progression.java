package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Task;
import org.millrace.model.wire.WireFormat;

/**
 * What a finished task means for its video: facts lead to a plan, pieces to a video that can be played while it grows,
 * assembled tracks to a set that replaces it, the last task to a video that is ready. Every method belongs into the
 * caller's transaction.
 */
@ApplicationScoped
class Progression {

    /** Players that were opened before a set was replaced may still fetch from the old objects. */
    private static final Duration GRACE = Duration.ofHours(24);

    private final Planning planning;
    private final PlanWriter plans;
    private final Publishing publishing;
    private final GrowthLedger growth;
    private final LedgerNews news;

    Progression(Planning planning, PlanWriter plans, Publishing publishing, GrowthLedger growth, LedgerNews news) {
        this.planning = planning;
        this.plans = plans;
        this.publishing = publishing;
        this.growth = growth;
        this.news = news;
    }

    /** Takes in what a task has found or made. */
    void succeeded(VideoRow video, TaskRow task, Result result, Instant now) {
        boolean hasSense =
                switch (result) {
                    case Result.Header header -> {
                        planning.analysed(video, header, now);
                        yield !header.whole() || video.outline != null;
                    }
                    case Result.Index index -> planning.counted(video, index.tracks(), now);
                    default -> {
                        publishing.publish(video, task, result, now);
                        yield true;
                    }
                };
        if (!hasSense) {
            fail(video, FailureCode.TOO_SHORT, now);
        }
        if (video.state == VideoState.PROCESSING && task.setNumber == video.buildingSet) {
            plans.release(task, now);
            grown(video, now);
            finishIfDone(video, now);
        }
        changed(video, now);
    }

    /** Takes in that there is more of a video that is being made. */
    void grown(VideoRow video, Instant now) {
        if (video.growingSince != null || video.outline == null) {
            return;
        }
        TaskRow.getEntityManager().flush();
        Growth there = growth.building(video);
        if (there != null && there.isPlayable()) {
            video.growingSince = now;
            playable(video, now);
            HistoryRow.note(video.id, null, now, "playable", "set " + video.buildingSet + " begins");
        }
    }

    /**
     * Ends a video whose task was given up, unless the video can do without it or another plan can.
     *
     * @param made what was accepted of the task's result before
     */
    void gaveUp(VideoRow video, TaskRow task, List<EncodedTrack> made, FailureCode code, Instant now) {
        boolean othersGoOn = video.state != VideoState.PROCESSING || task.setNumber != video.buildingSet;
        if (!othersGoOn && task.task() instanceof Task.Remux && !video.noCopy && code.isAboutContent()) {
            video.noCopy = true;
            planning.anew(video, "the picture cannot be copied", now);
        } else if (!othersGoOn && (task.optional || canDoWithout(video, task))) {
            task.optional = true;
            task.result = WireFormat.write(Result.Tracks.of(made));
            plans.release(task, now);
            finishIfDone(video, now);
        } else if (!othersGoOn) {
            fail(video, code, now);
        }
        changed(video, now);
    }

    /** Plans a video anew whose chunks do not fit together: its source does not seek exactly. */
    void doesNotSeek(VideoRow video, Instant now) {
        video.onePiece = true;
        planning.anew(video, "the source does not seek exactly", now);
    }

    /** Where there is a picture, sound that cannot be made is left out. */
    private static boolean canDoWithout(VideoRow video, TaskRow task) {
        boolean isSound = task.task() instanceof Task.EncodeAudio;
        if (isSound && video.grid != null) {
            video.addRemarks(List.of(Remarks.SOUND_MISSING));
            return true;
        }
        return false;
    }

    private void finishIfDone(VideoRow video, Instant now) {
        Outline outline = video.outlineOrNull();
        if (outline == null || !outline.whole() || video.state != VideoState.PROCESSING) {
            return;
        }
        TaskRow.getEntityManager().flush();
        boolean assembled = TaskRow.count(
                        "videoId = ?1 and setNumber = ?2 and kind = ?3 and state <> ?4",
                        video.id,
                        video.buildingSet,
                        TaskRow.ASSEMBLE,
                        TaskState.DONE)
                == 0;
        if (assembled && !Integer.valueOf(video.buildingSet).equals(video.publishedSet)) {
            if (!publishing.hasTracks(video)) {
                fail(video, FailureCode.NOTHING_DECODABLE, now);
                return;
            }
            switchSet(video, now);
        }
        long unfinished = TaskRow.count(
                "videoId = ?1 and setNumber = ?2 and state <> ?3 and not (state = ?4 and optional = true)",
                video.id,
                video.buildingSet,
                TaskState.DONE,
                TaskState.FAILED);
        if (unfinished == 0 && video.moveTo(VideoState.READY)) {
            video.readyAt = now;
            HistoryRow.note(video.id, null, now, "ready", null);
            news.reached(new Milestone.Ready(video.videoId(), Duration.between(video.createdAt, now)));
            dropWork(video, now);
        }
    }

    /** Task by task: new tasks of the same video may be at work before all of it is gone. */
    private void dropWork(VideoRow video, Instant now) {
        List<TaskRow> made = TaskRow.list("videoId", video.id);
        for (TaskRow task : made) {
            GarbageRow.note(MediaLayout.task(video.videoId(), task.taskId()), now);
        }
        news.garbage();
    }

    private void switchSet(VideoRow video, Instant now) {
        if (video.publishedSet != null) {
            GarbageRow.note(MediaLayout.set(video.videoId(), video.publishedSet), now.plus(GRACE));
        }
        if (!video.playable()) {
            playable(video, now);
        }
        video.publishedSet = video.buildingSet;
        video.duration = publishing.longest(video);
        HistoryRow.note(video.id, null, now, "playable", "set " + video.publishedSet);
    }

    private void playable(VideoRow video, Instant now) {
        news.reached(new Milestone.Playable(video.videoId(), Duration.between(video.createdAt, now)));
    }

    private void fail(VideoRow video, FailureCode code, Instant now) {
        if (!video.moveTo(code.isRejection() ? VideoState.REJECTED : VideoState.FAILED)) {
            return;
        }
        video.failureCode = code.slug();
        video.failureMessage = code.sentence();
        news.reached(new Milestone.Failed(video.videoId(), code.slug()));
        HistoryRow.note(video.id, null, now, video.state.name().toLowerCase(Locale.ROOT), code.slug());
        List<TaskRow> open = TaskRow.list(
                "videoId = ?1 and setNumber = ?2 and state not in (?3)", video.id, video.buildingSet, TaskState.FINAL);
        for (TaskRow task : open) {
            boolean out = TaskState.OUT.contains(task.state);
            if (task.moveTo(TaskState.CANCELLED, now) && out) {
                news.unwanted(new Cancel(task.taskId(), null));
            }
        }
    }

    private void changed(VideoRow video, Instant now) {
        video.progress = Math.max(video.progress, percentDone(video));
        video.updatedAt = now;
        news.touched(video.videoId());
    }

    /** Share of the planned work that is done; before all is planned, next to nothing is. */
    private static double percentDone(VideoRow video) {
        if (video.state == VideoState.READY) {
            return 100;
        }
        Outline outline = video.outlineOrNull();
        if (outline == null || !outline.whole()) {
            return Math.min(3, TaskRow.count("videoId = ?1 and state = ?2", video.id, TaskState.DONE));
        }
        TaskRow.getEntityManager().flush();
        Object[] sums = TaskRow.getEntityManager()
                .createQuery(
                        "select coalesce(sum(t.weight), 0.0),"
                                + " coalesce(sum(case when t.state in (?3) then t.weight else 0.0 end), 0.0)"
                                + " from TaskRow t where t.videoId = ?1 and t.setNumber = ?2",
                        Object[].class)
                .setParameter(1, video.id)
                .setParameter(2, video.buildingSet)
                .setParameter(3, List.of(TaskState.DONE, TaskState.FAILED))
                .getSingleResult();
        double all = ((Number) sums[0]).doubleValue();
        return all > 0 ? Math.min(99, 100 * ((Number) sums[1]).doubleValue() / all) : 0;
    }
}
