package org.millrace.model.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;

/**
 * The work that makes a video playable: a directed acyclic graph of tasks.
 *
 * @param grid the output's frames; null for a file with nothing but sound
 * @param rungs renditions to make, largest first; empty for a file with nothing but sound
 * @param copied name of the rung that is copied from the source instead of encoded; null if there is none
 * @param start name of the rung that playing begins with; null for a file with nothing but sound
 * @param whole whether these are all tasks; otherwise the end of the source has to be known before the rest is planned
 * @param tasks in an order in which each comes after all it needs
 * @param remarks what the owner should know about what is left out
 */
public record Plan(
        Grid grid,
        List<Rung> rungs,
        String copied,
        String start,
        boolean whole,
        List<PlannedTask> tasks,
        List<Remark> remarks) {

    private static final long SOUND_BYTES_PER_SECOND = 17_000;

    /**
     * Checks names and order.
     *
     * @throws IllegalArgumentException if a name occurs twice or a need does not come before its user
     */
    public Plan {
        rungs = List.copyOf(rungs);
        tasks = List.copyOf(tasks);
        remarks = List.copyOf(remarks);
        Set<String> before = new HashSet<>();
        for (PlannedTask task : tasks) {
            if (!before.containsAll(task.needs())) {
                throw new IllegalArgumentException(task.name() + " needs a task that does not come before it");
            }
            if (!before.add(task.name())) {
                throw new IllegalArgumentException("Two tasks are called " + task.name());
            }
        }
    }

    /**
     * Bytes that the set and the work on it need at most besides the source: every track at its rate cap, the largest
     * once more while it is joined, and the progressive MP4. Most videos need less than half of it.
     */
    public long forecastBytes() {
        double seconds = grid == null ? soundSeconds() : grid.seconds();
        long sound = (long) (SOUND_BYTES_PER_SECOND * seconds) * sounds();
        long picture = rungs.stream().mapToLong(rung -> rung.mostBytes(seconds)).sum();
        long largest = rungs.isEmpty() ? 0 : rungs.getFirst().mostBytes(seconds);
        long download = rungs.isEmpty() ? 0 : Planner.downloadRung(rungs).mostBytes(seconds);
        return picture + largest + download + 2 * sound;
    }

    private long sounds() {
        return tasks.stream()
                .map(PlannedTask::task)
                .filter(Task.EncodeAudio.class::isInstance)
                .map(task -> ((Task.EncodeAudio) task).name())
                .distinct()
                .count();
    }

    private double soundSeconds() {
        return tasks.stream()
                .map(PlannedTask::task)
                .filter(Task.EncodeAudio.class::isInstance)
                .mapToDouble(task -> ((Task.EncodeAudio) task).seconds())
                .max()
                .orElse(0);
    }

    /** The task of a name; empty if there is none. */
    public Optional<PlannedTask> task(String name) {
        return tasks.stream().filter(task -> task.name().equals(name)).findFirst();
    }
}
