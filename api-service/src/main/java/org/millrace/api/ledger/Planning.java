package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.Result;
import org.millrace.model.plan.Loss;
import org.millrace.model.plan.Plan;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.plan.PlannedTask;
import org.millrace.model.plan.Planner;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.model.task.Urgency;
import org.millrace.model.wire.WireFormat;

/**
 * Turns what is known of a source into tasks: the beginning as soon as the header is read, the rest when all packets are
 * counted, and everything anew as another set when a plan turns out to be wrong. Every method belongs into the caller's
 * transaction.
 */
@ApplicationScoped
class Planning {

    private static final String HEADER = "analyse-header";
    private static final double INDEX_WEIGHT = 1;
    private static final double POSTER_WEIGHT = 0.7;

    private final PlanWriter plans;
    private final LedgerNews news;

    Planning(PlanWriter plans, LedgerNews news) {
        this.plans = plans;
        this.news = news;
    }

    /** Plans the first look at a source. */
    void begin(VideoRow video, Instant now) {
        video.planVersion = PlanWriter.VERSION;
        plans.add(
                video,
                List.of(new PlannedTask(
                        HEADER,
                        List.of(),
                        Lane.FAST,
                        Urgency.START,
                        PlanWriter.ANALYSE_WEIGHT,
                        new Task.Analyse(video.source(), Task.Analyse.Scope.HEADER))),
                now);
    }

    /** Takes in a header: plans the beginning, or everything if all packets are counted. */
    void analysed(VideoRow video, Result.Header header, Instant now) {
        video.facts = WireFormat.write(header.facts());
        video.duration = header.facts().durationSeconds();
        if (header.whole()) {
            counted(video, header.packets(), now);
            return;
        }
        plans.add(
                video,
                List.of(new PlannedTask(
                        "analyse-index",
                        List.of(),
                        Lane.FAST,
                        Urgency.FOLLOW,
                        INDEX_WEIGHT,
                        new Task.Analyse(video.source(), Task.Analyse.Scope.INDEX))),
                now);
        PlanRequest opening = request(video, header.packets(), false, null);
        if (Planner.canOpen(opening)) {
            write(video, Planner.plan(opening), now);
        }
    }

    /**
     * Takes in the count of all packets: plans everything.
     *
     * @return false if there is nothing to see and nothing to hear
     */
    boolean counted(VideoRow video, List<TrackIndex> packets, Instant now) {
        MediaFacts facts = video.mediaFacts();
        video.packets = WireFormat.write(new Result.Index(packets));
        PlanRequest all = request(video, packets, true, null);
        if (packets.stream().noneMatch(track -> track.packets() > 0) || !Planner.isPlannable(all)) {
            return false;
        }
        Outline opening = video.outlineOrNull();
        if (opening != null && !opening.whole()) {
            PlanRequest fitting = request(video, packets, true, opening.grid().rate());
            Plan begun = Planner.plan(request(video, sampleOf(video), false, null));
            if (!Planner.holds(begun, fitting)) {
                anew(video, "the source is not what its header says", now);
                return true;
            }
            all = fitting;
        }
        write(video, Planner.plan(all), now);
        Loss.atEnd(facts, packets).ifPresent(remark -> video.addRemarks(List.of(remark)));
        return true;
    }

    /**
     * Gives up what is planned and made of the building set and plans another one, with what is known now.
     *
     * @param why for the history
     */
    void anew(VideoRow video, String why, Instant now) {
        giveUp(video, now);
        video.buildingSet++;
        video.encoder = null;
        video.inits = "{}";
        video.outline = null;
        video.growingSince = null;
        video.remarks = WireFormat.write(List.of());
        video.partial = false;
        HistoryRow.note(video.id, null, now, "planned anew", why);
        if (video.packets == null || video.planVersion != PlanWriter.VERSION) {
            begin(video, now);
        } else {
            video.planVersion = PlanWriter.VERSION;
            counted(video, video.packetList(), now);
        }
        news.touched(video.videoId());
    }

    /** What the whole plan of a video was made from. */
    PlanRequest request(VideoRow video) {
        Outline outline = video.outlineOrNull();
        Rational rate = outline == null || outline.grid() == null
                ? null
                : outline.grid().rate();
        return request(video, video.packetList(), true, rate);
    }

    /**
     * Plans another poster: from a finished rendition if there is one, else from the source.
     *
     * @return false if neither is there
     */
    boolean poster(VideoRow video, double seconds, Instant now) {
        boolean finished = Integer.valueOf(video.buildingSet).equals(video.publishedSet);
        Optional<Task.Preview> work =
                finished ? PosterSource.rendition(video, seconds) : PosterSource.source(video, seconds);
        work.ifPresent(task -> plans.add(
                video,
                List.of(new PlannedTask(
                        "poster-at-" + Math.round(seconds * 1000) + "-" + now.toEpochMilli(),
                        List.of(),
                        Lane.FAST,
                        Urgency.FOLLOW,
                        POSTER_WEIGHT,
                        task)),
                now));
        return work.isPresent();
    }

    private void giveUp(VideoRow video, Instant now) {
        List<TaskRow> tasks = TaskRow.list("videoId = ?1 and setNumber = ?2", video.id, video.buildingSet);
        for (TaskRow task : tasks) {
            boolean out = TaskState.OUT.contains(task.state);
            if (!TaskState.FINAL.contains(task.state) && task.moveTo(TaskState.CANCELLED, now) && out) {
                news.unwanted(new Cancel(task.taskId(), null));
            }
            GarbageRow.note(MediaLayout.task(video.videoId(), task.taskId()), now);
        }
        if (!Integer.valueOf(video.buildingSet).equals(video.publishedSet)) {
            PublishedRow.delete("videoId = ?1 and setNumber = ?2", video.id, video.buildingSet);
            GarbageRow.note(MediaLayout.set(video.videoId(), video.buildingSet), now);
        }
        TaskRow.getEntityManager().flush();
        news.garbage();
    }

    private void write(VideoRow video, Plan plan, Instant now) {
        Outline outline = Outline.of(plan);
        video.outline = WireFormat.write(outline);
        video.grid = plan.grid() == null ? null : WireFormat.write(plan.grid());
        if (plan.grid() != null) {
            Rung best = plan.rungs().getFirst();
            video.duration = plan.grid().seconds();
            video.width = best.width();
            video.height = best.height();
        }
        plans.add(video, posterChosen(video, plan.tasks()), now);
        video.addRemarks(plan.remarks());
        HistoryRow.note(
                video.id,
                null,
                now,
                plan.whole() ? "planned" : "begun",
                plan.tasks().size() + " tasks");
    }

    /** The owner's choice of a poster outlives the set it was made for. */
    private static List<PlannedTask> posterChosen(VideoRow video, List<PlannedTask> tasks) {
        if (video.posterSeconds == null) {
            return tasks;
        }
        List<PlannedTask> chosen = new ArrayList<>();
        for (PlannedTask task : tasks) {
            chosen.add(
                    task.task() instanceof Task.Preview preview
                            ? new PlannedTask(
                                    task.name(),
                                    task.needs(),
                                    task.lane(),
                                    task.urgency(),
                                    task.weight(),
                                    new Task.Preview(
                                            preview.source(),
                                            preview.set(),
                                            preview.video(),
                                            preview.seconds(),
                                            video.posterSeconds))
                            : task);
        }
        return chosen;
    }

    /** The packets that the header's task has counted. */
    private static List<TrackIndex> sampleOf(VideoRow video) {
        TaskRow header = TaskRow.find(
                        "videoId = ?1 and setNumber = ?2 and name = ?3", video.id, video.buildingSet, HEADER)
                .firstResult();
        return header.resultOrNull() instanceof Result.Header found ? found.packets() : List.of();
    }

    private static PlanRequest request(VideoRow video, List<TrackIndex> packets, boolean whole, Rational rate) {
        return new PlanRequest(
                video.source(),
                video.buildingSet,
                video.mediaFacts(),
                packets,
                whole,
                rate,
                video.wishes(),
                new PlanRequest.Limits(video.onePiece, video.noCopy));
    }
}
