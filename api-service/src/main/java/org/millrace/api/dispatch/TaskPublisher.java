package org.millrace.api.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
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
    private final VideoTraces traces;

    TaskPublisher(
            @Channel(Channels.TASKS_FAST) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<TaskOffer> fast,
            @Channel(Channels.TASKS_BULK) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<TaskOffer> bulk,
            VideoTraces traces) {
        this.fast = fast;
        this.bulk = bulk;
        this.traces = traces;
    }

    /**
     * Sends an offer.
     *
     * @return completes when the broker has confirmed it, or fails; in memory it completes only when the worker is
     *     done with it
     * @throws IllegalStateException if the emitter's buffer is full
     */
    CompletionStage<Void> publish(TaskOffer offer) {
        CompletableFuture<Void> confirmed = new CompletableFuture<>();
        try (VideoTraces.Step step = traces.offer(offer)) {
            (offer.lane() == Lane.FAST ? fast : bulk)
                    .send(Message.of(
                            offer,
                            Metadata.of(step.carried()),
                            () -> {
                                confirmed.complete(null);
                                return CompletableFuture.completedFuture(null);
                            },
                            failure -> {
                                confirmed.completeExceptionally(failure);
                                return CompletableFuture.completedFuture(null);
                            }));
        }
        return confirmed;
    }
}
