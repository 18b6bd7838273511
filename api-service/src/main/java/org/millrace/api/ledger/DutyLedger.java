package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Lets one process at a time hold a duty, for as long as it renews it. */
@ApplicationScoped
public class DutyLedger {

    private final Transactions transactions;
    private final Clock clock;

    DutyLedger(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Takes a duty, or renews it when half of it is over.
     *
     * @param holder who asks
     * @param hold how long the duty stays with the holder unless it asks again
     * @return whether the holder has it now
     */
    public boolean hold(String name, String holder, Duration hold) {
        return transactions.write(() -> {
            Instant now = clock.instant();
            DutyRow duty = DutyRow.findById(name);
            if (duty == null) {
                duty = new DutyRow();
                duty.name = name;
                duty.holder = holder;
                duty.heldUntil = now.plus(hold);
                duty.persist();
                return true;
            }
            boolean theirs = duty.holder.equals(holder);
            if (!theirs && duty.heldUntil.isAfter(now)) {
                return false;
            }
            // Asked for with every task: only what is written has to wait for the disk.
            if (theirs && duty.heldUntil.isAfter(now.plus(hold.dividedBy(2)))) {
                return true;
            }
            duty.holder = holder;
            duty.heldUntil = now.plus(hold);
            return true;
        });
    }

    /** Gives a duty up, so that another process need not wait for it to lapse. */
    public void release(String name, String holder) {
        transactions.write(() -> DutyRow.delete("name = ?1 and holder = ?2", name, holder));
    }
}
