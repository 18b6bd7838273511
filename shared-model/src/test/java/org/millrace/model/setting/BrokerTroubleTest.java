package org.millrace.model.setting;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerTroubleTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.9.29", "3.8.0-rc.1", "2.10.1"})
    void a_version_before_3_10_is_too_old(String version) {
        assertThat(BrokerTrouble.isTooOld(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.10.0", "3.13.7", "4.0.3", "4.2.0-beta.1", "a build of our own", "null"})
    void a_later_version_is_recent_enough_and_so_is_what_is_no_number(String version) {
        assertThat(BrokerTrouble.isTooOld(version)).isFalse();
    }

    @Test
    void a_broker_that_is_not_there_refuses_nothing() {
        assertThat(refusal(new ConnectException("Connection refused"))).isEmpty();
    }

    @Test
    void a_refused_password_names_the_account_and_its_settings() {
        assertThat(refusal(new AuthenticationFailureException("ACCESS_REFUSED")))
                .hasValueSatisfying(
                        line -> assertThat(line).contains("account mill ", "RABBITMQ_USERNAME and RABBITMQ_PASSWORD"));
    }

    @Test
    void a_refused_virtual_host_names_it_and_its_setting() {
        AMQP.Connection.Close close = new AMQP.Connection.Close.Builder()
                .replyCode(AMQP.NOT_ALLOWED)
                .replyText("NOT_ALLOWED - vhost /films not found")
                .build();
        assertThat(refusal(new IOException(new ShutdownSignalException(true, false, close, null))))
                .hasValueSatisfying(line -> assertThat(line).contains("/films", "RABBITMQ_VIRTUAL_HOST"));
    }

    @Test
    void missing_rights_are_told_with_the_command_that_grants_them() {
        AMQP.Channel.Close close = new AMQP.Channel.Close.Builder()
                .replyCode(AMQP.ACCESS_REFUSED)
                .replyText("ACCESS_REFUSED - configure access to exchange 'millrace.tasks' refused")
                .build();
        assertThat(refusal(new IOException(new ShutdownSignalException(false, false, close, null))))
                .hasValueSatisfying(line -> assertThat(line).contains("millrace.tasks", "set_permissions"));
    }

    @Test
    void what_was_found_by_looking_is_told_as_it_is() {
        assertThat(refusal(new SettingException("RabbitMQ 3.9 is too old."))).hasValue("RabbitMQ 3.9 is too old.");
    }

    private static Optional<String> refusal(Exception failure) {
        return BrokerTrouble.refusal(failure, "mill", "/films");
    }
}
