package org.millrace.api.ledger;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext.ContextState;
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
    private final ThreadLocal<Boolean> reading = new ThreadLocal<>();
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

    /**
     * Runs a query outside any transaction, in a session of its own that ends with it. Rows it returns are copies of what
     * the ledger says now.
     */
    public <T> T read(Supplier<T> query) {
        if (writers.isHeldByCurrentThread() || reading.get() != null) {
            return query.get();
        }
        // Outside transactions a session keeps its connection to the end of its request context. That of a request
        // would keep it for as long as somebody listens to events or sends a file, and one that another thread has
        // ended in the meantime would keep it for ever.
        ManagedContext request = Arc.container().requestContext();
        ContextState outer = request.getStateIfActive();
        request.activate();
        reading.set(true);
        try {
            return QuarkusTransaction.suspendingExisting().call(query::get);
        } finally {
            reading.remove();
            request.terminate();
            if (outer != null) {
                request.activate(outer);
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
