package org.millrace.model.setting;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a broker that refuses us from one that is merely not there. The second comes back by itself; of the first the
 * operator has to be told which setting to mend, or what to mend at the broker. Neither ends a program: the API goes on
 * with uploads and playback, and an account can be mended while everything runs.
 */
public final class BrokerTrouble {

    /** Quorum queues as we declare them, with their limit of deliveries and their dead letters, need it. */
    private static final String OLDEST = "3.10";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private BrokerTrouble() {}

    /**
     * Makes sure that a broker is recent enough.
     *
     * @throws SettingException if it is not
     */
    public static void refuseOld(Connection connection) {
        Object version = connection.getServerProperties().get("version");
        if (isTooOld(String.valueOf(version))) {
            throw new SettingException("RabbitMQ " + version + " is too old: it has to be " + OLDEST
                    + " or newer. Setting: RABBITMQ_HOST");
        }
    }

    /** Whether this is the number of an old version; what is no number is taken for a recent one. */
    static boolean isTooOld(String version) {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        return major < 3 || (major == 3 && Integer.parseInt(numbers.group(2)) < 10);
    }

    /**
     * What has to be mended, as a sentence with the setting; empty if the broker is only not there.
     *
     * @param failure what connecting or declaring has thrown
     * @param username the account that was used
     * @param virtualHost the virtual host that was asked for
     */
    public static Optional<String> refusal(Exception failure, String username, String virtualHost) {
        if (failure instanceof SettingException told) {
            return Optional.of(told.getMessage());
        }
        if (failure instanceof PossibleAuthenticationFailureException) {
            return Optional.of("RabbitMQ refuses the account " + username + " or its password."
                    + " Settings: RABBITMQ_USERNAME and RABBITMQ_PASSWORD");
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal) {
                return refusal(signal, username, virtualHost);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refusal(ShutdownSignalException signal, String username, String virtualHost) {
        if (signal.getReason() instanceof AMQP.Connection.Close close && close.getReplyCode() == AMQP.NOT_ALLOWED) {
            return Optional.of("RabbitMQ refuses the virtual host " + virtualHost + " to the account " + username + " ("
                    + close.getReplyText() + "). Setting: RABBITMQ_VIRTUAL_HOST");
        }
        if (signal.getReason() instanceof AMQP.Channel.Close close && close.getReplyCode() == AMQP.ACCESS_REFUSED) {
            return Optional.of("RabbitMQ does not let the account " + username + " declare, write and read what begins"
                    + " with \"millrace.\" (" + close.getReplyText()
                    + "). Mend: rabbitmqctl set_permissions, or the setting RABBITMQ_USERNAME");
        }
        if (signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.PRECONDITION_FAILED) {
            return Optional.of("RabbitMQ already has a queue or an exchange of our name that is another kind ("
                    + close.getReplyText() + "). Mend: delete it there, or set RABBITMQ_VIRTUAL_HOST");
        }
        return Optional.empty();
    }
}
