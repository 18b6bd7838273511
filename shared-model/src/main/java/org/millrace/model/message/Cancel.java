package org.millrace.model.message;

import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;

/**
 * Tells every worker that a task, or one attempt at it, is not wanted any more. Lossy: an outcome that comes all the
 * same is refused by the ledger.
 *
 * @param task the task
 * @param attempt the only attempt to stop; null stops every attempt at the task, now and for an hour
 */
public record Cancel(TaskId task, AttemptId attempt) {}
