package org.millrace.model.message;

import java.util.List;
import org.millrace.model.task.Remark;

/**
 * What an attempt made.
 *
 * @param result the facts or tracks
 * @param remarks what the owner should know about it
 * @param encoder fingerprint of the encoder used
 * @param cpuSeconds user and system time of every process the attempt started
 * @param wallSeconds time from start to end of the attempt
 */
public record Manifest(Result result, List<Remark> remarks, String encoder, double cpuSeconds, double wallSeconds) {

    /** Takes a copy of the list. */
    public Manifest {
        remarks = List.copyOf(remarks);
    }
}
