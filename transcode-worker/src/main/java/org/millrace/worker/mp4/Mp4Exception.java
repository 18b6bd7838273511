package org.millrace.worker.mp4;

import java.io.IOException;

/** A file is not what it should be. The message is one sentence that says where and how. */
public final class Mp4Exception extends IOException {

    Mp4Exception(String sentence) {
        super(sentence);
    }

    Mp4Exception(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
