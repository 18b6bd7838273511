package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many processes the kernel has killed for want of memory since the machine started. */
final class KernelKills {

    private static final Path COUNTERS = Path.of("/proc/vmstat");
    private static final String NAME = "oom_kill ";

    private KernelKills() {}

    /** The count; 0 if this kernel does not keep one. */
    static long count() {
        try (Stream<String> lines = Files.lines(COUNTERS)) {
            return lines.filter(line -> line.startsWith(NAME))
                    .mapToLong(
                            line -> Long.parseLong(line.substring(NAME.length()).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException notKept) {
            return 0;
        }
    }
}
