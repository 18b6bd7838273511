package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a worker that was killed may leave behind: children die with it, except for one that was just being started and
 * had no time yet to ask the kernel for that.
 */
public final class Leftovers {

    private Leftovers() {}

    /**
     * Kills every process of this machine that works in a folder or names it in its command line.
     *
     * @param folder absolute path of a folder that belonged to a dead worker alone
     */
    public static void kill(Path folder) {
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> isAbout(process, folder))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isAbout(ProcessHandle process, Path folder) {
        Path facts = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Files.readString(facts.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .contains(folder.toString())
                    || Files.readSymbolicLink(facts.resolve("cwd")).startsWith(folder);
        } catch (IOException endedOrOfSomebodyElse) {
            return false;
        }
    }
}
