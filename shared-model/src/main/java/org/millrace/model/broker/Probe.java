package org.millrace.model.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Questions to a broker that tell a service in trouble from a broker in trouble. */
public final class Probe {

    /** An exchange that leads nowhere: what is sent there is confirmed at once, and gone. The API declares it. */
    public static final String NOWHERE = "millrace.memory";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int HANG_UP_MILLIS = 1000;

    private Probe() {}

    /**
     * Whether the broker confirms what is sent now. One whose disk or memory is short does not.
     *
     * @param fresh used for nothing else, since a broker that is short of something stops reading from who sends; it is
     *     closed
     */
    public static boolean confirms(Connection fresh) {
        try {
            Channel channel = fresh.createChannel();
            channel.confirmSelect();
            channel.basicPublish(NOWHERE, "", null, new byte[0]);
            return channel.waitForConfirms(PATIENCE.toMillis());
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            fresh.abort(HANG_UP_MILLIS);
        }
    }

    /**
     * Whether the broker says that nobody consumes from a queue, or that there is no such queue.
     *
     * @return false also if it says nothing at all
     */
    public static boolean isDeserted(Connection connection, String queue) {
        try (Channel channel = connection.createChannel()) {
            return channel.queueDeclarePassive(queue).getConsumerCount() == 0;
        } catch (IOException e) {
            // It says that there is none by closing the channel.
            return isNotFound(e);
        } catch (TimeoutException | ShutdownSignalException e) {
            return false;
        }
    }

    private static boolean isNotFound(IOException e) {
        return e.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.NOT_FOUND;
    }
}
