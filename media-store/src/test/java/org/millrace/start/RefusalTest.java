package org.millrace.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.millrace.model.setting.SettingException;

class RefusalTest {

    @Test
    void the_outermost_sentence_for_the_operator_is_the_line() {
        Throwable failure = new RuntimeException(
                "Failed to start",
                new SettingException("The bucket is gone.", new SettingException("HTTP 404", new Exception())));
        assertThat(Refusal.of(failure)).hasValue("The bucket is gone.");
    }

    @Test
    void a_sentence_of_several_lines_becomes_one() {
        assertThat(Refusal.of(new SettingException("FATAL: no such account\n  Hint: make it")))
                .hasValue("FATAL: no such account Hint: make it");
    }

    @Test
    void a_port_in_use_names_its_setting() {
        assertThat(Refusal.of(new RuntimeException(new QuarkusBindException("127.0.0.1", 8080, new BindException()))))
                .hasValueSatisfying(line -> assertThat(line).contains("8080", "MILLRACE_PORT"));
    }

    @Test
    void a_setting_that_is_not_understood_is_told() {
        assertThat(Refusal.of(new ConfigurationException("millrace.worker.slots: not a number")))
                .hasValueSatisfying(line -> assertThat(line).contains("millrace.worker.slots"));
    }

    @Test
    void what_no_setting_can_mend_is_no_refusal() {
        assertThat(Refusal.of(new IllegalStateException(new NullPointerException())))
                .isEmpty();
    }
}
