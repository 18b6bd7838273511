package org.millrace.worker.intake;

import io.opentelemetry.context.Context;
import io.smallrye.reactive.messaging.TracingMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.Channels;
import org.millrace.model.message.TaskOffer;

/**
 * The worker's end of the channels. Each delivery gets a virtual thread of its own, so the channel never waits: how many
 * run at once is the business of {@link Slots}, how many are delivered ahead that of the broker's prefetch.
 */
@ApplicationScoped
public class TaskConsumer {

    private static final Logger LOG = Logger.getLogger(TaskConsumer.class);

    private final Desk desk;

    @Inject
    TaskConsumer(Desk desk) {
        this.desk = desk;
    }

    @Incoming(Channels.TASKS_FAST)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> fast(Message<TaskOffer> message) {
        return take(message);
    }

    @Incoming(Channels.TASKS_BULK)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> bulk(Message<TaskOffer> message) {
        return take(message);
    }

    @Incoming(Channels.CONTROL)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> control(Message<Cancel> message) {
        Object payload = message.getPayload();
        if (payload instanceof Cancel cancel) {
            // Killing waits for processes to go, which no event loop should.
            Thread.ofVirtual().name("cancel-" + cancel.task()).start(() -> desk.cancel(cancel));
        } else {
            LOG.errorf("Not a cancellation: %s", payload);
        }
        return message.ack();
    }

    private CompletionStage<Void> take(Message<TaskOffer> message) {
        // What no converter understood arrives as it is, whatever the signature says.
        Object payload = message.getPayload();
        if (!(payload instanceof TaskOffer offer)) {
            LOG.errorf("Not a task offer: %s", payload);
            return message.nack(new IllegalArgumentException("Not a task offer"));
        }
        Context traced = TracingMetadata.fromMessage(message)
                .map(TracingMetadata::getCurrentContext)
                .orElse(Context.root());
        Thread.ofVirtual().name("task-" + offer.task()).start(traced.wrap(() -> desk.handle(Delivery.of(message))));
        return CompletableFuture.completedFuture(null);
    }
}
