package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** The ledger's list of what the media store need not keep. */
@ApplicationScoped
public class GarbageLedger {

    private final Transactions transactions;
    private final Clock clock;

    GarbageLedger(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What is due for deletion now. */
    public List<GarbageRow> due(int most) {
        return transactions.read(() -> GarbageRow.<GarbageRow>find("dueAt <= ?1 order by dueAt", clock.instant())
                .page(0, most)
                .list());
    }

    /** Strikes an entry off the list, once its objects are gone. */
    public void gone(GarbageRow row) {
        transactions.write(() -> GarbageRow.deleteById(row.id));
    }
}
