package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.millrace.model.task.Lane;

/** Room for running attempts: one slot for the fast lane and as many for the bulk lane as the machine bears. */
@ApplicationScoped
public class Slots {

    private final int bulkSlots;
    private final Semaphore fast = new Semaphore(1, true);
    private final Semaphore bulk;

    @Inject
    Slots(IntakeConfig config) {
        this.bulkSlots = config.slots();
        this.bulk = new Semaphore(bulkSlots, true);
    }

    /** Number of bulk slots. */
    int bulk() {
        return bulkSlots;
    }

    /** Threads for each decoder and encoder of an attempt; 0 lets them choose because it runs alone. */
    int threads() {
        return bulkSlots == 1 ? 0 : Math.max(1, cores() / bulkSlots);
    }

    /** Cores that an attempt has. */
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
