package org.millrace.api.status;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.millrace.api.ledger.TaskRow;
import org.millrace.api.ledger.TaskState;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.task.Task;

/** What is being done to a video, in the owner's words. */
final class Stage {

    private Stage() {}

    /**
     * The stage of a video.
     *
     * @param tasks of the set it builds
     * @param workers whether any worker is alive
     * @param broker whether the broker is reachable
     */
    static String of(VideoRow video, List<TaskRow> tasks, boolean workers, boolean broker) {
        return switch (video.state) {
            case READY -> "Ready";
            case FAILED -> "Failed";
            case REJECTED -> "Cannot be played";
            case CANCELLED -> "Cancelled";
            case PROCESSING ->
                running(tasks).map(task -> running(task.task())).orElseGet(() -> waiting(tasks, workers, broker));
        };
    }

    /** Of several running tasks the one with most work behind it tells best what is going on. */
    private static Optional<TaskRow> running(List<TaskRow> tasks) {
        return tasks.stream()
                .filter(task -> task.state == TaskState.RUNNING)
                .max(Comparator.comparingDouble(task -> task.weight));
    }

    private static String running(Task task) {
        return switch (task) {
            case Task.Analyse analyse -> "Looking at the file";
            case Task.EncodeChunk chunk -> "Converting the picture";
            case Task.EncodeAudio audio -> "Converting the sound";
            case Task.Remux remux -> "Copying the picture";
            case Task.Assemble assemble -> "Putting the pieces together";
            case Task.Preview preview -> "Choosing a poster";
            case Task.Download download -> "Making the download";
        };
    }

    private static String waiting(List<TaskRow> tasks, boolean workers, boolean broker) {
        if (!broker) {
            return "Waiting: the message broker is away";
        }
        if (!workers) {
            return "Waiting: no worker is running";
        }
        boolean failedBefore =
                tasks.stream().anyMatch(task -> task.state == TaskState.WAITING && task.failureCode != null);
        return failedBefore ? "Trying again" : "Waiting for a free worker";
    }
}
