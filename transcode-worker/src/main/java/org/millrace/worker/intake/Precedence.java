package org.millrace.worker.intake;

import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;

/**
 * Which tasks somebody waits for who wants to see a first picture. Until they have something to show they have the cores:
 * with all of them a beginning takes about a second, and shared with the encoding of the rest several times that.
 */
final class Precedence {

    private Precedence() {}

    /** Whether a video begins with the task. What goes on behind parts that are there already opens nothing. */
    static boolean opens(TaskOffer offer) {
        return offer.lane() == Lane.FAST && offer.parts() == 0 && opens(offer.work());
    }

    private static boolean opens(Task task) {
        return switch (task) {
            case Task.Analyse analyse -> analyse.scope() == Task.Analyse.Scope.HEADER;
            case Task.EncodeChunk chunk -> chunk.span().from() == 0;
            case Task.EncodeAudio audio -> audio.part() != Task.Part.REST;
            case Task.Remux copy -> copy.part() != Task.Part.REST;
            default -> false;
        };
    }
}
