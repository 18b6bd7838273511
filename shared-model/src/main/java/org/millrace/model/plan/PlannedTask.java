package org.millrace.model.plan;

import java.util.List;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;

/**
 * A node of a plan.
 *
 * @param name unique within a plan, for example {@code chunk-0}
 * @param needs names of the tasks whose results this one is given, in that order
 * @param lane which queue it waits in
 * @param weight expected work in CPU seconds; progress and forecasts are weighted with it; > 0
 * @param task what to do
 */
public record PlannedTask(String name, List<String> needs, Lane lane, double weight, Task task) {

    /** Takes a copy of the list. */
    public PlannedTask {
        needs = List.copyOf(needs);
        if (!(weight > 0)) {
            throw new IllegalArgumentException("A task has weight: " + name);
        }
    }
}
