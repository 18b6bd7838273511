package org.millrace.worker.ffmpeg;

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
        for (int round = 0; round < 20; round++) {
            sample();
            List<ProcessHandle> alive =
                    seen.stream().filter(ProcessHandle::isAlive).toList();
            if (alive.isEmpty()) {
                return;
            }
            alive.forEach(ProcessHandle::destroyForcibly);
            alive.forEach(ProcessTree::awaitEnd);
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(250, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException stillThere) {
            // The next round tries again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
