package org.millrace.worker.attempt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.millrace.model.id.AttemptId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Strategy;

/**
 * One try at a task while it runs on this worker. Its identifier is new for each try, so what it writes can never be
 * mistaken for another try's. Safe for use by several threads.
 */
public final class Attempt {

    private final TaskOffer offer;
    private final AttemptId id;
    private final Path scratch;
    private final int threads;
    private final AtomicLong cpuNanos = new AtomicLong();
    private final List<Runnable> killers = new ArrayList<>();
    private final Set<ObjectKey> announced = new HashSet<>();
    private final List<LongSupplier> complaints = new CopyOnWriteArrayList<>();
    private volatile LocalObject.Extent source = LocalObject.Extent.WHOLE;
    private StopReason stopped;
    private Progress progress = new Progress(0, 0);

    /**
     * Begins a try.
     *
     * @param offer the task
     * @param id names the try
     * @param scratch a folder of its own, which exists and is deleted when the try ends
     * @param threads threads of each decoder and encoder; 0 lets them choose
     */
    public Attempt(TaskOffer offer, AttemptId id, Path scratch, int threads) {
        this.offer = offer;
        this.id = id;
        this.scratch = scratch;
        this.threads = threads;
    }

    /** The task that is tried. */
    public TaskOffer offer() {
        return offer;
    }

    /** Names the try. */
    public AttemptId id() {
        return id;
    }

    /** The folder that is deleted when the try ends. */
    public Path folder() {
        return scratch;
    }

    /** A folder of its own inside the scratch folder; the caller makes it. */
    public Path scratch(String name) {
        return scratch.resolve(name);
    }

    /** Threads of each decoder and encoder; 0 lets them choose. */
    public int threads() {
        return threads;
    }

    /** Whether damaged data is to be read over. */
    public boolean isTolerant() {
        return offer.strategy() == Strategy.TOLERANT;
    }

    /** Key of an object that is needed only until the video's set is published. */
    public ObjectKey workObject(String name) {
        return MediaLayout.attempt(offer.video(), offer.task(), id).child(name);
    }

    /** Key of an object of the published set. */
    public ObjectKey setObject(int set, String name) {
        return MediaLayout.published(offer.video(), set, id).child(name);
    }

    /**
     * Notes an object of which the ledger is told while the attempt goes on: it may be part of the result even if the
     * attempt fails.
     */
    public synchronized void announce(ObjectKey object) {
        announced.add(object);
    }

    /** The objects of which the ledger was told. */
    public synchronized Set<ObjectKey> announced() {
        return Set.copyOf(announced);
    }

    /** Notes which bytes of the source are here, before it is read; complaints of earlier readers are forgotten. */
    public void reads(LocalObject.Extent extent) {
        complaints.clear();
        source = extent;
    }

    /**
     * Listens to what a reader of the source complains about.
     *
     * @param number how many complaints there are by now
     */
    public void listen(LongSupplier number) {
        complaints.add(number);
    }

    /** Notes that a reader of the source wants a range of its bytes. */
    public void wants(long from, long to) {
        if (!source.holds(from, to)) {
            complaints.add(() -> 1);
        }
    }

    /** Whether all bytes of the source are here. */
    public boolean readsWhole() {
        return source == LocalObject.Extent.WHOLE;
    }

    /**
     * Returns if what was read of the source can be trusted: it is whole, or nobody complained.
     *
     * @throws PartialSourceException if not
     */
    public void checkSource() {
        if (!readsWhole() && complaints.stream().anyMatch(number -> number.getAsLong() > 0)) {
            throw new PartialSourceException("Of the source only a part is here, and it was complained about");
        }
    }

    /** Reports how far the work has come; going back is ignored. */
    public synchronized void progress(double fraction, double speed) {
        double bounded = Math.min(1, Math.max(progress.fraction(), fraction));
        progress = new Progress(bounded, speed > 0 ? speed : progress.speed());
    }

    /** How far the work has come. */
    public synchronized Progress progress() {
        return progress;
    }

    /** Adds processor time that a child process used. */
    public void spend(Duration cpu) {
        cpuNanos.addAndGet(cpu.toNanos());
    }

    /** Processor time of all child processes so far, in seconds. */
    public double cpuSeconds() {
        return cpuNanos.get() / 1e9;
    }

    /** Stops the attempt: every child process is killed at once. Only the first reason counts. */
    public void stop(StopReason reason) {
        List<Runnable> now;
        synchronized (this) {
            if (stopped != null) {
                return;
            }
            stopped = reason;
            now = List.copyOf(killers);
        }
        now.forEach(Runnable::run);
    }

    /**
     * Returns if the attempt may go on.
     *
     * @throws AttemptStoppedException if it was stopped
     */
    public synchronized void checkGoing() {
        if (stopped != null) {
            throw new AttemptStoppedException(stopped);
        }
    }

    /**
     * Registers what ends a child process. If the attempt was stopped already it runs at once.
     *
     * @return forgets it again when closed; close it in a {@code finally}
     */
    public Registration onStop(Runnable killer) {
        boolean late;
        synchronized (this) {
            late = stopped != null;
            killers.add(killer);
        }
        if (late) {
            killer.run();
        }
        return () -> {
            synchronized (this) {
                killers.remove(killer);
            }
        };
    }

    /** Something that is in force until it is closed. */
    @FunctionalInterface
    public interface Registration {
        /** Ends it. */
        void close();
    }

    /**
     * How far an attempt has come.
     *
     * @param fraction of the work, 0 to 1; never falls
     * @param speed seconds of video made per second; 0 if unknown
     */
    public record Progress(double fraction, double speed) {}
}
