package millrace.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Adds up the processor time of a process and of everything below it. A sandbox leaves its converter to be collected by
 * the system's first process, so the kernel does not add that up by itself; it is asked every {@value #EVERY_MS} ms.
 */
final class TreeMeter implements AutoCloseable {

    private static final long EVERY_MS = 50;

    private final ProcessHandle root;
    private final Map<Long, Double> seen = new ConcurrentHashMap<>();
    private final Thread watch;

    TreeMeter(ProcessHandle root) {
        this.root = root;
        watch = Thread.ofPlatform().daemon().name("tree-meter").start(this::watch);
    }

    /** Processor seconds of the process itself so far. */
    double own() {
        return Runs.ofProcess(root.pid());
    }

    /** Processor seconds of all below it so far, but for the last moments of each. */
    double below() {
        look();
        return seen.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(EVERY_MS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        List<Long> living;
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            living = descendants.map(ProcessHandle::pid).toList();
        }
        living.forEach(pid -> seen.merge(pid, Runs.ofProcess(pid), Math::max));
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
