package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.millrace.model.id.UploadId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.message.Cancel;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.Remark;
import org.millrace.model.wire.WireFormat;

/** The ledger's videos: accepted, edited, cancelled, tried again, deleted. Each call is one transaction. */
@ApplicationScoped
public class VideoLedger {

    /** A worker that has not heard of a deletion may still write; its objects go in a second round. */
    private static final Duration SECOND_ROUND = Duration.ofHours(1);

    private final Transactions transactions;
    private final Planning planning;
    private final PlanWriter plans;
    private final LedgerNews news;
    private final Clock clock;

    VideoLedger(Transactions transactions, Planning planning, PlanWriter plans, LedgerNews news, Clock clock) {
        this.transactions = transactions;
        this.planning = planning;
        this.plans = plans;
        this.news = news;
        this.clock = clock;
    }

    /**
     * Writes a video and its first task. Only when this has returned may the upload be acknowledged.
     *
     * @param upload the upload it came from, which is then complete; null if it did not come from one
     */
    public void accept(NewVideo video, UploadId upload) {
        transactions.write(() -> {
            Instant now = clock.instant();
            if (upload != null) {
                UploadRow row = UploadRow.findById(upload.value());
                if (row == null || row.done) {
                    return null;
                }
                row.done = true;
            }
            VideoRow row = new VideoRow();
            row.id = video.id().value();
            row.owner = video.owner();
            row.title = video.title();
            row.description = "";
            row.fileName = video.fileName();
            row.state = VideoState.PROCESSING;
            row.sourceKey = video.source().value();
            row.sourceBytes = video.sizeBytes();
            row.remarks = WireFormat.write(List.<Remark>of());
            row.preset = video.wishes().preset();
            row.normalise = video.wishes().normalise();
            row.inits = "{}";
            row.buildingSet = 1;
            row.createdAt = now;
            row.updatedAt = now;
            row.persist();
            HistoryRow.note(row.id, null, now, "uploaded", video.sizeBytes() + " bytes");
            planning.begin(row, now);
            news.touched(video.id());
            news.reached(new Milestone.Uploaded(video.id(), video.sizeBytes()));
            return null;
        });
    }

    /** A video as it stands now; empty if there is none. */
    public Optional<VideoRow> find(VideoId video) {
        return transactions.read(() -> VideoRow.<VideoRow>findByIdOptional(video.value()));
    }

    /**
     * Changes what people call a video and say about it.
     *
     * @param title new title; null leaves it
     * @param description new description; null leaves it
     * @return whether there is such a video
     */
    public boolean edit(VideoId video, String title, String description) {
        return transactions.write(() -> {
            VideoRow row = VideoRow.findById(video.value());
            if (row == null) {
                return false;
            }
            row.title = title == null ? row.title : title;
            row.description = description == null ? row.description : description;
            row.updatedAt = clock.instant();
            news.touched(video);
            return true;
        });
    }

    /**
     * Stops the work on a video. What is playable stays playable.
     *
     * @return false if there is no such video or no work to stop
     */
    public boolean cancel(VideoId video) {
        return transactions.write(() -> {
            VideoRow row = VideoRow.findById(video.value());
            Instant now = clock.instant();
            if (row == null || row.state != VideoState.PROCESSING || !row.moveTo(VideoState.CANCELLED)) {
                return false;
            }
            row.updatedAt = now;
            stopTasks(row, now);
            HistoryRow.note(row.id, null, now, "cancelled", null);
            news.touched(video);
            return true;
        });
    }

    /**
     * Tries everything again that failed or was cancelled.
     *
     * @return false if there is no such video or nothing to try again
     */
    public boolean retry(VideoId video) {
        return transactions.write(() -> {
            VideoRow row = VideoRow.findById(video.value());
            Instant now = clock.instant();
            List<TaskRow> stopped = row == null ? List.of() : stoppedTasks(row);
            if (stopped.isEmpty() || row.state == VideoState.PROCESSING || !row.moveTo(VideoState.PROCESSING)) {
                return false;
            }
            row.updatedAt = now;
            row.progress = 0;
            stopped.forEach(task -> plans.restart(task, now));
            HistoryRow.note(row.id, null, now, "retried", null);
            news.workReleased();
            news.touched(video);
            return true;
        });
    }

    /**
     * Makes all renditions anew beside those that are played, which stay until the new ones are finished.
     *
     * @param wishes how they are to be made
     * @return false if there is no such video, its source is gone, or it is being worked on
     */
    public boolean encodeAgain(VideoId video, PlanRequest.Wishes wishes) {
        return transactions.write(() -> {
            VideoRow row = VideoRow.findById(video.value());
            Instant now = clock.instant();
            if (row == null || row.sourceDroppedAt != null || !row.moveTo(VideoState.PROCESSING)) {
                return false;
            }
            row.preset = wishes.preset();
            row.normalise = wishes.normalise();
            row.noCopy = false;
            row.onePiece = false;
            row.progress = 0;
            row.updatedAt = now;
            planning.anew(row, "its owner asked for it", now);
            return true;
        });
    }

    /**
     * Plans videos anew that were begun with an encoder which no worker has.
     *
     * @param encoders fingerprints of those there are
     * @param since how long a task must have been waiting for its encoder
     */
    public int planAnewWithout(Set<String> encoders, Instant since) {
        return transactions.write(() -> {
            List<VideoRow> stuck = VideoRow.list(
                    "from VideoRow v where v.state = ?1 and v.encoder is not null and v.encoder not in (?2) and exists"
                            + " (select t.id from TaskRow t where t.videoId = v.id and t.setNumber = v.buildingSet"
                            + " and t.kind in (?3) and t.state in (?4) and t.updatedAt < ?5)",
                    VideoState.PROCESSING,
                    encoders,
                    TaskRow.MAKES_PIECES,
                    EnumSet.of(TaskState.WAITING, TaskState.OFFERED),
                    since);
            stuck.forEach(row -> planning.anew(row, "no worker has the encoder it was begun with", clock.instant()));
            return stuck.size();
        });
    }

    /**
     * Shows another moment of the video on its poster.
     *
     * @param seconds which moment, from the beginning
     * @return false if there is no such video, no picture in it, or no such moment
     */
    public boolean choosePoster(VideoId video, double seconds) {
        return transactions.write(() -> {
            VideoRow row = VideoRow.findById(video.value());
            boolean exists =
                    row != null && row.grid != null && seconds >= 0 && row.duration != null && seconds <= row.duration;
            if (!exists || !planning.poster(row, seconds, clock.instant())) {
                return false;
            }
            row.posterSeconds = seconds;
            row.updatedAt = clock.instant();
            news.touched(video);
            return true;
        });
    }

    /**
     * Deletes the sources of videos that have been finished for some time.
     *
     * @param readyBefore only of those that were finished before
     * @return how many
     */
    public int dropSources(Instant readyBefore) {
        return transactions.write(() -> {
            Instant now = clock.instant();
            List<VideoRow> finished = VideoRow.list(
                    "state = ?1 and sourceDroppedAt is null and readyAt is not null and readyAt <= ?2",
                    VideoState.READY,
                    readyBefore);
            for (VideoRow row : finished) {
                row.sourceDroppedAt = now;
                GarbageRow.note(row.source(), now);
                HistoryRow.note(row.id, null, now, "source dropped", null);
                news.garbage();
            }
            return finished.size();
        });
    }

    /** Plans anew what an older version of the planner has planned and not finished. */
    public int planOutdatedAnew() {
        return transactions.write(() -> {
            List<VideoRow> outdated =
                    VideoRow.list("state = ?1 and planVersion <> ?2", VideoState.PROCESSING, PlanWriter.VERSION);
            outdated.forEach(row -> planning.anew(row, "by a newer version of Millrace", clock.instant()));
            return outdated.size();
        });
    }

    /**
     * Deletes a video and everything known of it; its objects follow.
     *
     * @return whether there was such a video
     */
    public boolean delete(VideoId video) {
        return transactions.write(() -> {
            VideoRow row = VideoRow.findById(video.value());
            if (row == null) {
                return false;
            }
            Instant now = clock.instant();
            stopTasks(row, now);
            VideoRow.getEntityManager().flush();
            VideoRow.getEntityManager().clear();
            VideoRow.deleteById(row.id);
            UploadRow.delete("videoId", row.id);
            GarbageRow.note(MediaLayout.video(video), now);
            GarbageRow.note(MediaLayout.video(video), now.plus(SECOND_ROUND));
            news.touched(video);
            return true;
        });
    }

    /** Whether there is something to try again, and it could help. */
    public boolean canRetry(VideoId video) {
        return transactions.read(() -> {
            VideoRow row = VideoRow.findById(video.value());
            return row != null
                    && row.state.isWorthRetrying()
                    && !stoppedTasks(row).isEmpty();
        });
    }

    private static List<TaskRow> stoppedTasks(VideoRow video) {
        return TaskRow.list(
                "videoId = ?1 and setNumber = ?2 and state in (?3) order by ordinal",
                video.id,
                video.buildingSet,
                EnumSet.of(TaskState.FAILED, TaskState.CANCELLED));
    }

    private void stopTasks(VideoRow video, Instant now) {
        List<TaskRow> open = TaskRow.list("videoId = ?1 and state not in (?2)", video.id, TaskState.FINAL);
        for (TaskRow task : open) {
            boolean known = TaskState.OUT.contains(task.state);
            if (task.moveTo(TaskState.CANCELLED, now) && known) {
                news.unwanted(new Cancel(task.taskId(), null));
            }
        }
    }
}
