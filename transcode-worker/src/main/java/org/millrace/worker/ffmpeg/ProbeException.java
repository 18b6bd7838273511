package org.millrace.worker.ffmpeg;

import java.util.List;

/** ffprobe could not read a file. The message is for logs; {@link #result()} says how it ended. */
public final class ProbeException extends Exception {

    private final transient FfmpegResult result;

    ProbeException(String message, FfmpegResult result) {
        super(message);
        this.result = result;
    }

    /** How the run ended. */
    public FfmpegResult result() {
        return result;
    }

    /** ffprobe's last words, oldest first. */
    public List<String> lastWords() {
        return result.stderrTail();
    }
}
