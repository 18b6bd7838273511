package org.millrace.worker.attempt;

import java.util.List;
import org.millrace.model.message.Result;
import org.millrace.model.task.Remark;

/**
 * What a step made of a task.
 *
 * @param result facts or published objects
 * @param remarks what the owner should know about it
 */
public record Made(Result result, List<Remark> remarks) {

    /** Takes a copy of the list. */
    public Made {
        remarks = List.copyOf(remarks);
    }

    /** A result with nothing to remark. */
    public static Made of(Result result) {
        return new Made(result, List.of());
    }
}
