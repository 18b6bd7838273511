package org.millrace.api.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.millrace.api.dispatch.Broker;
import org.millrace.api.dispatch.Fleet;
import org.millrace.api.ledger.Growth;
import org.millrace.api.ledger.GrowthLedger;
import org.millrace.api.ledger.Outline;
import org.millrace.api.ledger.TaskGlimpse;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.ledger.TaskState;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.ledger.WorkLedger;
import org.millrace.model.message.Signal;
import org.millrace.model.task.Lane;

/** Works out the status of a video from the ledger and the latest word of its attempts. */
@ApplicationScoped
public class StatusReader {

    private static final int REMEMBERED = 10_000;

    private final TaskLedger tasks;
    private final WorkLedger work;
    private final GrowthLedger growth;
    private final LiveProgress live;
    private final Throughput throughput;
    private final Fleet fleet;
    private final Broker broker;

    /** Highest percentage shown of a set; what a failed attempt had done is lost, but a page never goes backwards. */
    private final ConcurrentMap<String, Double> shown = new ConcurrentHashMap<>();

    StatusReader(
            TaskLedger tasks,
            WorkLedger work,
            GrowthLedger growth,
            LiveProgress live,
            Throughput throughput,
            Fleet fleet,
            Broker broker) {
        this.tasks = tasks;
        this.work = work;
        this.growth = growth;
        this.live = live;
        this.throughput = throughput;
        this.fleet = fleet;
        this.broker = broker;
    }

    /** The status of a video as it stands now. */
    public VideoStatus of(VideoRow video) {
        if (video.state != VideoState.PROCESSING) {
            shown.remove(key(video));
            double percent = video.state == VideoState.READY ? 100 : video.progress;
            return new VideoStatus(
                    Stage.of(video, List.of(), true, true), round(percent), null, null, null, List.of(), null);
        }
        List<TaskGlimpse> all = tasks.ofVideo(video);
        Outline outline = video.outlineOrNull();
        boolean planned = outline != null && outline.whole();
        int slots = fleet.slots(Lane.BULK);
        return new VideoStatus(
                Stage.of(video, all, slots > 0, broker.isReachable()),
                round(percent(video, all, planned)),
                speed(all).orElse(null),
                slots > 0 && planned ? eta(video, all, slots) : null,
                queuePlace(video, all),
                video.growingSince == null || video.publishedSet != null ? List.of() : grown(video),
                planned ? Long.valueOf(outline.forecastBytes()) : null);
    }

    private List<VideoStatus.Track> grown(VideoRow video) {
        Growth there = growth.of(video.videoId(), video.buildingSet).orElse(null);
        if (there == null) {
            return List.of();
        }
        List<VideoStatus.Track> tracks = new ArrayList<>();
        there.outline().rungs().forEach(rung -> add(tracks, rung.name(), rung.height(), there));
        there.outline().sounds().forEach(sound -> add(tracks, sound.name(), 0, there));
        return tracks;
    }

    private static void add(List<VideoStatus.Track> tracks, String name, int height, Growth there) {
        tracks.add(new VideoStatus.Track(name, height, there.listed(name).until()));
    }

    private double percent(VideoRow video, List<TaskGlimpse> all, boolean planned) {
        double total = all.stream().mapToDouble(TaskGlimpse::weight).sum();
        double done =
                all.stream().mapToDouble(task -> task.weight() * fraction(task)).sum();
        double percent = planned && total > 0 ? 100 * done / total : 0;
        if (shown.size() > REMEMBERED) {
            shown.clear();
        }
        return shown.merge(key(video), Math.max(video.progress, Math.min(99, percent)), Math::max);
    }

    private double fraction(TaskGlimpse task) {
        return switch (task.state()) {
            case DONE, FAILED, CANCELLED -> 1;
            case RUNNING ->
                live.of(task.id(), task.attempt())
                        .map(Signal.Progress::fraction)
                        .orElse(task.fraction());
            case BLOCKED, WAITING, RESERVED, OFFERED -> 0;
        };
    }

    private Optional<Double> speed(List<TaskGlimpse> all) {
        double sum = all.stream()
                .filter(task -> task.state() == TaskState.RUNNING && task.kind().equals("encode chunk"))
                .flatMap(task -> live.of(task.id(), task.attempt()).stream())
                .mapToDouble(Signal.Progress::speed)
                .sum();
        return sum > 0 ? Optional.of(Math.round(sum * 100) / 100.0) : Optional.empty();
    }

    private Long eta(VideoRow video, List<TaskGlimpse> all, int slots) {
        double own = all.stream()
                .mapToDouble(task -> task.weight() * (1 - fraction(task)))
                .sum();
        double ahead = work.weightAhead(video);
        return Math.max(1, Math.round((own + ahead) * throughput.secondsPerWeight() / slots));
    }

    private Integer queuePlace(VideoRow video, List<TaskGlimpse> all) {
        boolean begun =
                all.stream().anyMatch(task -> task.state() == TaskState.RUNNING || task.state() == TaskState.DONE);
        return begun ? null : 1 + work.videosAhead(video);
    }

    private static String key(VideoRow video) {
        return video.id + "/" + video.buildingSet;
    }

    private static double round(double percent) {
        return Math.round(percent * 10) / 10.0;
    }
}
