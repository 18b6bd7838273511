package org.millrace.worker.ffmpeg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The end of a log and how much of it was complaint. Safe for use by several threads. */
final class StderrTail {

    private static final int LINES = 50;
    private static final int LINE_LENGTH = 500;

    /**
     * How libraries say it. A thread that cannot be started lacks room for its stack; an encoder that opened when the
     * worker started, and does not now, lacks room for its pictures.
     */
    private static final List<String> NO_MEMORY = List.of(
            "Cannot allocate memory",
            "malloc of size",
            "std::bad_alloc",
            "Resource temporarily unavailable",
            "failed to map segment",
            "Error while opening encoder");

    private final Deque<String> tail = new ArrayDeque<>();
    private long errors;
    private long warnings;
    private boolean noMemory;
    private boolean fileTooLarge;
    private boolean noSpace;

    /** Takes a line. */
    synchronized void add(String line) {
        if (line.contains("[error]") || line.contains("[fatal]") || line.contains("[panic]")) {
            errors++;
        } else if (line.contains("[warning]")) {
            warnings++;
        }
        noMemory |= NO_MEMORY.stream().anyMatch(line::contains);
        fileTooLarge |= line.contains("File too large");
        noSpace |= line.contains("No space left on device");
        if (tail.size() == LINES) {
            tail.removeFirst();
        }
        tail.addLast(line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH));
    }

    /** The last lines, oldest first. */
    synchronized List<String> lines() {
        return List.copyOf(tail);
    }

    /** Lines of level error, fatal or panic. */
    synchronized long errors() {
        return errors;
    }

    /** Lines of level warning. */
    synchronized long warnings() {
        return warnings;
    }

    /** Whether it ever asked for memory in vain. */
    synchronized boolean saysNoMemory() {
        return noMemory;
    }

    /** Whether a file met its limit. */
    synchronized boolean saysFileTooLarge() {
        return fileTooLarge;
    }

    /** Whether the disk was full. */
    synchronized boolean saysNoSpace() {
        return noSpace;
    }
}
