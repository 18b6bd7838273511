package org.millrace.model.task;

/**
 * The bytes of a source that a task reads, besides what describes the file: where it is fetched from afar, the rest may be
 * left there. The whole file serves as well.
 *
 * @param head length of the file's beginning, by which its tracks are recognised
 * @param from offset of the first byte of what is worked on
 * @param to offset behind the last one
 */
public record ByteWindow(long head, long from, long to) {

    /** Checks that it is a window. */
    public ByteWindow {
        if (head < 0 || from < 0 || to < from) {
            throw new IllegalArgumentException("Not a window: " + head + ", " + from + " to " + to);
        }
    }
}
