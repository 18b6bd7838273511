package org.millrace.api.ledger;

import org.millrace.model.id.TaskId;

/**
 * What a status needs of a task: without its work and its result, which are large.
 *
 * @param id its identifier
 * @param name in the plan
 * @param kind in words
 * @param state where it stands
 * @param weight expected work in CPU seconds
 * @param fraction share of it that is known to be done, 0 to 1
 * @param attempt the attempt that holds or last held its lease; null if there was none
 * @param failureCode why it failed last; null if it never did
 */
public record TaskGlimpse(
        TaskId id,
        String name,
        String kind,
        TaskState state,
        double weight,
        double fraction,
        String attempt,
        String failureCode) {}
