package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.plan.Leads;
import org.millrace.model.plan.PlannedTask;
import org.millrace.model.task.Task;
import org.millrace.model.task.Urgency;

/**
 * Decides how far the start rendition goes ahead of the others: as far as somebody who began to watch at the first
 * possible moment would otherwise have to wait. Leads are made for whole chunks, and once there are any, the chunk's own
 * start rendition is not wanted any more.
 */
@ApplicationScoped
public class LeadLedger {

    /** Forecasts err; a chunk that would come just in time is led all the same. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** A chunk that a viewer reaches so soon, and that nobody works on, is late. */
    private static final double LATE_SECONDS = 12;

    private final Transactions transactions;
    private final PlanWriter plans;
    private final Clock clock;

    LeadLedger(Transactions transactions, PlanWriter plans, Clock clock) {
        this.transactions = transactions;
        this.plans = plans;
        this.clock = clock;
    }

    /** Makes leads of a chunk that is about to be offered, if it would come too late; inside the caller's transaction. */
    void addIfLate(VideoRow video, TaskRow chunk, Pace pace) {
        Instant now = clock.instant();
        if (!canBeLed(video, chunk) || isLed(chunk)) {
            return;
        }
        Duration made = pace.until(chunk.weight).plus(MARGIN);
        if (now.plus(made).isAfter(reached(video, chunk, now))) {
            add(video, chunk, now);
        }
    }

    /**
     * Makes leads of chunks that were offered in time and are late nevertheless.
     *
     * @return how many chunks
     */
    public int addToLate() {
        List<VideoRow> growing = transactions.read(() -> VideoRow.list(
                "state = ?1 and growingSince is not null and publishedSet is null", VideoState.PROCESSING));
        int added = 0;
        for (VideoRow video : growing) {
            added += transactions.write(() -> addToLate(VideoRow.findById(video.id)));
        }
        return added;
    }

    private int addToLate(VideoRow video) {
        Instant now = clock.instant();
        if (video == null || video.growingSince == null) {
            return 0;
        }
        Outline outline = video.outlineOrNull();
        if (outline == null || outline.grid() == null) {
            return 0;
        }
        double watched = Duration.between(video.growingSince, now).toMillis() / 1000.0 + LATE_SECONDS;
        long frame = (long) (watched * outline.grid().rate().value());
        List<TaskRow> due = TaskRow.list(
                "videoId = ?1 and setNumber = ?2 and kind = ?3 and name like 'chunk-%' and spanFrom <= ?4"
                        + " and state in (?5) order by spanFrom",
                video.id,
                video.buildingSet,
                TaskRow.CHUNK,
                frame,
                EnumSet.of(TaskState.WAITING, TaskState.RESERVED, TaskState.OFFERED));
        int added = 0;
        for (TaskRow chunk : due) {
            if (canBeLed(video, chunk) && !isLed(chunk)) {
                add(video, chunk, now);
                added++;
            }
        }
        return added;
    }

    /** Whether leads make the start rendition of a chunk; nothing leads a lead. */
    static boolean isLed(TaskRow chunk) {
        return !Leads.isLead(chunk.name)
                && TaskRow.count(
                                "videoId = ?1 and setNumber = ?2 and name like 'lead-%' and spanFrom >= ?3 and spanTo <= ?4",
                                chunk.videoId, chunk.setNumber, chunk.spanFrom, chunk.spanTo)
                        > 0;
    }

    private static boolean canBeLed(VideoRow video, TaskRow chunk) {
        Outline outline = video.outlineOrNull();
        return video.state == VideoState.PROCESSING
                && video.publishedSet == null
                && !video.onePiece
                && outline != null
                && outline.whole()
                && outline.copied() == null
                && outline.rungs().size() > 1
                && TaskRow.CHUNK.equals(chunk.kind)
                && !Leads.isLead(chunk.name);
    }

    /** When a viewer who began at the first possible moment comes to a chunk. */
    private static Instant reached(VideoRow video, TaskRow chunk, Instant now) {
        double seconds = video.outlineOrNull().grid().secondsAt(chunk.spanFrom);
        Instant began = video.growingSince == null ? now : video.growingSince;
        return began.plusMillis((long) (1000 * seconds));
    }

    private void add(VideoRow video, TaskRow chunk, Instant now) {
        Outline outline = video.outlineOrNull();
        Rung start = outline.rung(outline.start()).orElseThrow();
        MediaFacts facts = video.mediaFacts();
        Task.EncodeChunk work = (Task.EncodeChunk) chunk.task();
        TrackIndex packets = video.packetList().stream()
                .filter(track -> track.track() == work.video().track())
                .findFirst()
                .orElseThrow();
        List<PlannedTask> leads = Leads.of(work, start, Urgency.FOLLOW, facts, packets);
        plans.add(video, leads, now);
        TaskRow assembly = plans.find(video, "assemble-" + start.name());
        leads.forEach(lead -> plans.addNeed(assembly.id, plans.find(video, lead.name()).id));
        HistoryRow.note(video.id, chunk.id, now, "led", leads.size() + " tasks ahead of " + chunk.name);
    }
}
