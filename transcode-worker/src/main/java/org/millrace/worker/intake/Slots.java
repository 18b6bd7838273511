package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.millrace.model.task.Lane;

/**
 * Room for running attempts: as many slots for the bulk lane as the machine bears, and some for the fast lane, whose work
 * is short and goes first.
 */
@ApplicationScoped
public class Slots {

    private final int fastSlots;
    private final int bulkSlots;
    private final Semaphore fast;
    private final Semaphore bulk;

    @Inject
    Slots(IntakeConfig config) {
        this.fastSlots = config.fastSlots();
        this.bulkSlots = config.slots();
        this.fast = new Semaphore(fastSlots, true);
        this.bulk = new Semaphore(bulkSlots, true);
    }

    /** Number of bulk slots. */
    int bulk() {
        return bulkSlots;
    }

    /** Number of slots of a lane. */
    int all(Lane lane) {
        return lane == Lane.FAST ? fastSlots : bulkSlots;
    }

    /** Number of slots of a lane that are taken. */
    int taken(Lane lane) {
        return all(lane) - semaphore(lane).availablePermits();
    }

    /**
     * Threads for each decoder and encoder of an attempt that has just taken its slot. Bulk attempts share the cores,
     * one that is alone uses all of them; in the fast lane somebody waits, and it goes before the bulk lane.
     */
    int threads(Lane lane) {
        int running = lane == Lane.FAST ? 1 : taken(Lane.BULK);
        return Math.max(1, cores() / Math.max(1, running));
    }

    /** Cores that an attempt has when all slots are taken. */
    int coresPerSlot() {
        return Math.max(1, cores() / bulkSlots);
    }

    /**
     * Takes a slot, in the order of asking.
     *
     * @return whether there was one within the time
     */
    boolean take(Lane lane, Duration patience) throws InterruptedException {
        return semaphore(lane).tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Gives a slot back. */
    void giveBack(Lane lane) {
        semaphore(lane).release();
    }

    private Semaphore semaphore(Lane lane) {
        return lane == Lane.FAST ? fast : bulk;
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
