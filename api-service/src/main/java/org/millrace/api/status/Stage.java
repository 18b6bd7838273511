package org.millrace.api.status;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.millrace.api.ledger.TaskGlimpse;
import org.millrace.api.ledger.TaskState;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.message.FailureCode;

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
    static String of(VideoRow video, List<TaskGlimpse> tasks, boolean workers, boolean broker) {
        return switch (video.state) {
            case READY -> "Ready";
            case FAILED -> "Failed";
            case REJECTED -> "Cannot be played";
            case CANCELLED -> "Cancelled";
            case PROCESSING -> running(tasks).map(Stage::running).orElseGet(() -> waiting(tasks, workers, broker));
        };
    }

    /** Of several running tasks the one with most work behind it tells best what is going on. */
    private static Optional<TaskGlimpse> running(List<TaskGlimpse> tasks) {
        return tasks.stream()
                .filter(task -> task.state() == TaskState.RUNNING)
                .max(Comparator.comparingDouble(TaskGlimpse::weight));
    }

    private static String running(TaskGlimpse task) {
        return switch (task.kind()) {
            case "analyse" -> "Looking at the file";
            case "encode chunk" -> "Converting the picture";
            case "encode audio" -> "Converting the sound";
            case "measure loudness" -> "Measuring the sound";
            case "remux" -> "Copying the picture";
            case "assemble" -> "Putting the pieces together";
            case "preview", "cover" -> "Choosing a poster";
            case "storyboard" -> "Making previews";
            case "extract subtitles" -> "Reading the subtitles";
            case "download" -> "Making the download";
            case "audit" -> "Being checked";
            default -> "Working on it";
        };
    }

    private static String waiting(List<TaskGlimpse> tasks, boolean workers, boolean broker) {
        if (!broker) {
            return "Waiting: the message broker is away";
        }
        if (!workers) {
            return "Waiting: no worker is running";
        }
        boolean noRoom = tasks.stream()
                .anyMatch(task -> task.state() == TaskState.WAITING
                        && FailureCode.OUT_OF_SPACE.slug().equals(task.failureCode()));
        if (noRoom) {
            return "Waiting for room on the disk";
        }
        boolean failedBefore =
                tasks.stream().anyMatch(task -> task.state() == TaskState.WAITING && task.failureCode() != null);
        return failedBefore ? "Trying again" : "Waiting for a free worker";
    }
}
