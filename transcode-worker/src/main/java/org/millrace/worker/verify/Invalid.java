package org.millrace.worker.verify;

import org.millrace.model.message.FailureCode;
import org.millrace.worker.attempt.AttemptFailedException;

/** What verification says when it refuses. */
final class Invalid {

    private Invalid() {}

    /** What was made is not what was asked for. */
    static AttemptFailedException output(String sentence) {
        return new AttemptFailedException(FailureCode.OUTPUT_INVALID, sentence);
    }

    static AttemptFailedException output(String sentence, Throwable cause) {
        return new AttemptFailedException(FailureCode.OUTPUT_INVALID, sentence, cause);
    }
}
