package org.millrace.api.ledger;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * How the ledger is read and written. Writes are short, one after the other, and tell others only after the commit.
 * Those of this process wait in one fair line (the waiting of databases is unfair), then for their turn among the
 * processes that share the {@link Database}. Reads take no transaction: under {@code BEGIN IMMEDIATE} even a read would
 * take the write lock. Neither may call the network, the store or the broker.
 */
@ApplicationScoped
public class Transactions {

    private static final Logger LOG = Logger.getLogger(Transactions.class);

    private final ReentrantLock writers = new ReentrantLock(true);
    private final ThreadLocal<List<Runnable>> afterCommit = new ThreadLocal<>();
    private final Database database;

    Transactions(Database database) {
        this.database = database;
    }

    /** Runs a change in one transaction; joins the one that this thread is in already. */
    public <T> T write(Supplier<T> change) {
        if (writers.isHeldByCurrentThread()) {
            return change.get();
        }
        List<Runnable> told = new ArrayList<>();
        T result;
        writers.lock();
        afterCommit.set(told);
        try {
            result = QuarkusTransaction.requiringNew().call(() -> {
                database.awaitTurn();
                return change.get();
            });
        } finally {
            afterCommit.remove();
            writers.unlock();
        }
        told.forEach(Transactions::runSafely);
        return result;
    }

    /** Runs a query outside any transaction. Rows it returns are copies of what the ledger says now. */
    public <T> T read(Supplier<T> query) {
        if (writers.isHeldByCurrentThread()) {
            return query.get();
        }
        ManagedContext request = Arc.container().requestContext();
        boolean opened = !request.isActive();
        if (opened) {
            request.activate();
        }
        try {
            return QuarkusTransaction.suspendingExisting().call(() -> {
                // One request shares a session over many reads, and a session remembers rows.
                VideoRow.getEntityManager().clear();
                return query.get();
            });
        } finally {
            if (opened) {
                request.terminate();
            }
        }
    }

    /** Runs something once the transaction that this thread is in has been committed, and not if it fails. */
    void afterCommit(Runnable action) {
        List<Runnable> actions = afterCommit.get();
        if (actions == null) {
            throw new IllegalStateException("Not in a write transaction");
        }
        actions.add(action);
    }

    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("The change is committed, but telling others of it failed", e);
        }
    }
}
