package org.millrace.model.message;

import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;

/**
 * Offers a task to whichever worker is free. A hint: the ledger decides whose attempt counts.
 *
 * @param task names the task
 * @param video whose task it is
 * @param offer counts the offers of this task, from 1
 * @param lane the queue it was put in
 * @param strategy how to treat the source
 * @param weight expected work in CPU seconds
 * @param encoder fingerprint of the encoder that already made a part of this rendition and has to be the same; null
 *     if any will do
 * @param work what to do
 * @param parts how many parts of the result are accepted already; null is read as 0
 */
public record TaskOffer(
        TaskId task,
        VideoId video,
        int offer,
        Lane lane,
        Strategy strategy,
        double weight,
        String encoder,
        Task work,
        Integer parts) {

    /** Takes absent parts for none. */
    public TaskOffer {
        parts = parts == null ? 0 : parts;
    }
}
