package org.millrace.model.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;

/**
 * The work that makes a video playable: a directed acyclic graph of tasks.
 *
 * @param grid the output's frames
 * @param rungs renditions to make, largest first
 * @param tasks in an order in which each comes after all it needs
 */
public record Plan(Grid grid, List<Rung> rungs, List<PlannedTask> tasks) {

    /**
     * Checks names and order.
     *
     * @throws IllegalArgumentException if a name occurs twice or a need does not come before its user
     */
    public Plan {
        rungs = List.copyOf(rungs);
        tasks = List.copyOf(tasks);
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
}
