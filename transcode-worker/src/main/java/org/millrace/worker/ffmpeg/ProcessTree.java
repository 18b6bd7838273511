package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A child and everything it started: how much CPU they took, and how they are ended. Safe for use by several
 * threads. */
final class ProcessTree {

    /** Where the session stands behind the state. */
    private static final int SESSION = 3;

    private final Process root;
    private final Map<ProcessHandle, Duration> cpu = new HashMap<>();
    private final Set<ProcessHandle> seen = new HashSet<>();

    ProcessTree(Process root) {
        this.root = root;
    }

    /** Looks at all processes; what has ended keeps its last figure. */
    synchronized void sample() {
        Stream.concat(Stream.of(root.toHandle()), root.descendants()).forEach(process -> {
            seen.add(process);
            process.info().totalCpuDuration().ifPresent(time -> cpu.merge(process, time, ProcessTree::longer));
        });
    }

    /** User and system time of all processes ever sampled. */
    synchronized Duration cpu() {
        return cpu.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Sends KILL to all of them until none is left, including those that lost their parent.
     *
     * <p>KILL, because ffmpeg takes its time over TERM, and a stopped process does not hear it at all.
     */
    synchronized void kill() {
        boolean interrupted = Thread.interrupted();
        for (int round = 0; round < 250; round++) {
            // Asked before the look at what there is: the dead start nothing, the dying may.
            boolean allDead = seen.stream().noneMatch(ProcessTree::isRunning);
            sample();
            seen.addAll(ofItsSession());
            List<ProcessHandle> alive =
                    seen.stream().filter(ProcessTree::isRunning).toList();
            if (allDead && alive.isEmpty()) {
                break;
            }
            alive.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle process : alive) {
                interrupted |= !awaitEnd(process);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What one of them started in the moment in which it was killed: it has lost its parent before it was ever seen, and
     * bubblewrap's waits for its parent for ever then. All run in a session that is named after the first.
     */
    private List<ProcessHandle> ofItsSession() {
        return ProcessHandle.allProcesses()
                .filter(process -> session(process) == root.pid())
                .toList();
    }

    private static long session(ProcessHandle process) {
        try {
            return Long.parseLong(stat(process).split(" ")[SESSION]);
        } catch (IOException endedMeanwhile) {
            return 0;
        }
    }

    /** Whether a process can still do anything: one that has ended and only waits to be collected cannot. */
    private static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            return !stat(process).startsWith("Z");
        } catch (IOException endedMeanwhile) {
            return process.isAlive();
        }
    }

    /** What the kernel says of a process, from its state on; the name before it is in parentheses and may hold some. */
    private static String stat(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 1).strip();
    }

    /** Waits for a moment; false if the thread was interrupted, which is forgotten for now. */
    private static boolean awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(20, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException stillThere) {
            // The next round tries again.
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
