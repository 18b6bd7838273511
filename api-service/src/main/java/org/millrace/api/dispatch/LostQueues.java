package org.millrace.api.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.TaskLedger;

/**
 * Builds the queues anew from the ledger when the broker has lost its data, or one of them: what waited in them is offered
 * again.
 */
@ApplicationScoped
class LostQueues {

    private static final Logger LOG = Logger.getLogger(LostQueues.class);

    private final TaskLedger tasks;

    LostQueues(TaskLedger tasks) {
        this.tasks = tasks;
    }

    void on(@Observes BrokerForgot forgot) {
        int taken = tasks.takeBackUnstarted();
        if (taken > 0) {
            LOG.warnf("The broker has lost what waited in its queues; %d tasks are offered again", taken);
        }
    }
}
