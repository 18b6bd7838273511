package org.millrace.worker.intake;

import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMetadata;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.millrace.model.message.TaskOffer;

/**
 * A task offer as it was delivered.
 *
 * @param offer the task
 * @param fromBroker whether a broker waits for the acknowledgement and gives the task to another worker if it never
 *     comes; false in memory
 * @param ack acknowledges; only the first call counts
 */
record Delivery(TaskOffer offer, boolean fromBroker, Runnable ack) {

    static Delivery of(Message<TaskOffer> message) {
        return new Delivery(
                message.getPayload(),
                message.getMetadata(IncomingRabbitMQMetadata.class).isPresent(),
                message::ack);
    }
}
