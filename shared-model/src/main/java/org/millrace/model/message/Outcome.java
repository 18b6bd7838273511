package org.millrace.model.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.WorkerId;
import org.millrace.model.task.EncodedTrack;

/**
 * What a worker reports of an attempt, durably. The ledger takes the first valid outcome of a task and ignores the
 * rest; the same outcome may arrive twice.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.AttemptStarted.class, name = "attempt-started"),
    @JsonSubTypes.Type(value = Outcome.PartPublished.class, name = "part-published"),
    @JsonSubTypes.Type(value = Outcome.AttemptSucceeded.class, name = "attempt-succeeded"),
    @JsonSubTypes.Type(value = Outcome.AttemptFailed.class, name = "attempt-failed"),
    @JsonSubTypes.Type(value = Outcome.AttemptHandedBack.class, name = "attempt-handed-back")
})
public sealed interface Outcome {

    /** The task that was tried. */
    TaskId task();

    /** The try. */
    AttemptId attempt();

    /** Who tried. */
    WorkerId worker();

    /**
     * Work has begun; the lease starts when the ledger reads this.
     *
     * @param task the task
     * @param attempt the try
     * @param worker who tries
     * @param offer which offer of the task led to it
     */
    record AttemptStarted(TaskId task, AttemptId attempt, WorkerId worker, int offer) implements Outcome {}

    /**
     * A part of the result is in the store while the attempt goes on.
     *
     * @param task the task
     * @param attempt the try
     * @param worker who tries
     * @param seq counts the parts of the task, over all its attempts, from 0; each is accepted once, in order
     * @param track whole fragments of one track; null in messages of version 1, which are not accepted
     * @param encoder fingerprint of the encoder; null in messages of version 1
     */
    record PartPublished(TaskId task, AttemptId attempt, WorkerId worker, int seq, EncodedTrack track, String encoder)
            implements Outcome {}

    /**
     * The task is done, its objects are in the store and verified.
     *
     * @param task the task
     * @param attempt the try
     * @param worker who tried
     * @param manifest what was made
     */
    record AttemptSucceeded(TaskId task, AttemptId attempt, WorkerId worker, Manifest manifest) implements Outcome {}

    /**
     * The attempt failed.
     *
     * @param task the task
     * @param attempt the try
     * @param worker who tried
     * @param failureClass what that says about trying again
     * @param code the reason
     * @param detail technical detail for the log and the jobs page, for example the encoder's last words; null if none
     */
    record AttemptFailed(
            TaskId task, AttemptId attempt, WorkerId worker, FailureClass failureClass, FailureCode code, String detail)
            implements Outcome {}

    /**
     * The worker gives the task back without blame: it stops, has no room, or uses another encoder.
     *
     * @param task the task
     * @param attempt the try
     * @param worker who gives back
     * @param why in words, for the history
     */
    record AttemptHandedBack(TaskId task, AttemptId attempt, WorkerId worker, String why) implements Outcome {}
}
