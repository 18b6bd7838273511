package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.io.InputStream;

/** Takes the bytes that a run writes to its standard output, on a thread of the run, up to their end. */
@FunctionalInterface
public interface ByteReader {

    /**
     * Reads to the end. As long as it does not read the run waits, and is taken to stand still in the end.
     *
     * @param bytes what the run writes; closed by the run
     * @throws IOException if reading ends early because the run was killed
     */
    void read(InputStream bytes) throws IOException;
}
