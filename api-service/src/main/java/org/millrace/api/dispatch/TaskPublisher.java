package org.millrace.api.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.millrace.model.message.Channels;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;

/** Puts offers into the queue of their lane. */
@ApplicationScoped
class TaskPublisher {

    /** More than any window: an emitter that is full refuses, and the task stays in the backlog. */
    private static final int BUFFER = 4096;

    private final Emitter<TaskOffer> fast;
    private final Emitter<TaskOffer> bulk;

    TaskPublisher(
            @Channel(Channels.TASKS_FAST) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<TaskOffer> fast,
            @Channel(Channels.TASKS_BULK) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<TaskOffer> bulk) {
        this.fast = fast;
        this.bulk = bulk;
    }

    /**
     * Sends an offer.
     *
     * @return completes when the broker has confirmed it, or fails; in memory it completes only when the worker is
     *     done with it
     * @throws IllegalStateException if the emitter's buffer is full
     */
    CompletionStage<Void> publish(TaskOffer offer) {
        return (offer.lane() == Lane.FAST ? fast : bulk).send(offer);
    }
}
