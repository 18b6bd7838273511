package org.millrace.api.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.millrace.api.dispatch.Broker;
import org.millrace.api.dispatch.Fleet;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.ledger.TaskRow;
import org.millrace.api.ledger.TaskState;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.ledger.WorkLedger;
import org.millrace.model.message.Signal;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;

/** Works out the status of a video from the ledger and the latest word of its attempts. */
@ApplicationScoped
public class StatusReader {

    private static final int REMEMBERED = 10_000;

    private final TaskLedger tasks;
    private final WorkLedger work;
    private final LiveProgress live;
    private final Throughput throughput;
    private final Fleet fleet;
    private final Broker broker;

    /** Highest percentage shown of a set; what a failed attempt had done is lost, but a page never goes backwards. */
    private final ConcurrentMap<String, Double> shown = new ConcurrentHashMap<>();

    StatusReader(
            TaskLedger tasks, WorkLedger work, LiveProgress live, Throughput throughput, Fleet fleet, Broker broker) {
        this.tasks = tasks;
        this.work = work;
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
            return new VideoStatus(Stage.of(video, List.of(), true, true), round(percent), null, null, null);
        }
        List<TaskRow> all = tasks.ofVideo(video);
        int slots = fleet.slots(Lane.BULK);
        return new VideoStatus(
                Stage.of(video, all, slots > 0, broker.isReachable()),
                round(percent(video, all)),
                speed(all).orElse(null),
                slots > 0 ? eta(video, all, slots) : null,
                queuePlace(video, all));
    }

    private double percent(VideoRow video, List<TaskRow> all) {
        double total = all.stream().mapToDouble(task -> task.weight).sum();
        boolean planned = all.stream().anyMatch(task -> task.task() instanceof Task.Assemble);
        double done =
                all.stream().mapToDouble(task -> task.weight * fraction(task)).sum();
        double percent = planned && total > 0 ? 100 * done / total : 0;
        if (shown.size() > REMEMBERED) {
            shown.clear();
        }
        return shown.merge(key(video), Math.max(video.progress, Math.min(99, percent)), Math::max);
    }

    private double fraction(TaskRow task) {
        return switch (task.state) {
            case DONE, FAILED, CANCELLED -> 1;
            case RUNNING ->
                live.of(task.taskId(), task.attemptId)
                        .map(Signal.Progress::fraction)
                        .orElse(task.fraction);
            case BLOCKED, WAITING, RESERVED, OFFERED -> 0;
        };
    }

    private Optional<Double> speed(List<TaskRow> all) {
        double sum = all.stream()
                .filter(task -> task.state == TaskState.RUNNING && task.task() instanceof Task.EncodeChunk)
                .flatMap(task -> live.of(task.taskId(), task.attemptId).stream())
                .mapToDouble(Signal.Progress::speed)
                .sum();
        return sum > 0 ? Optional.of(Math.round(sum * 100) / 100.0) : Optional.empty();
    }

    /** Before there is a plan nobody can know. */
    private Long eta(VideoRow video, List<TaskRow> all, int slots) {
        if (all.stream().noneMatch(task -> task.task() instanceof Task.Assemble)) {
            return null;
        }
        double own = all.stream()
                .mapToDouble(task -> task.weight * (1 - fraction(task)))
                .sum();
        double ahead = work.weightAhead(video);
        return Math.max(1, Math.round((own + ahead) * throughput.secondsPerWeight() / slots));
    }

    private Integer queuePlace(VideoRow video, List<TaskRow> all) {
        boolean begun = all.stream().anyMatch(task -> task.state == TaskState.RUNNING || task.state == TaskState.DONE);
        return begun ? null : 1 + work.videosAhead(video);
    }

    private static String key(VideoRow video) {
        return video.id + "/" + video.buildingSet;
    }

    private static double round(double percent) {
        return Math.round(percent * 10) / 10.0;
    }
}
