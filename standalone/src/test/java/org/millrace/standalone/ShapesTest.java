package org.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** One process means one process: nothing of a broker is configured, so nothing can be connected to. */
@QuarkusTest
class ShapesTest {

    @Inject
    Config config;

    @Test
    void no_channel_has_a_connector() {
        assertThat(StreamSupport.stream(config.getPropertyNames().spliterator(), false))
                .noneMatch(name -> name.startsWith("mp.messaging.") || name.startsWith("rabbitmq-"));
    }

    @Test
    void messages_stay_in_memory() {
        assertThat(config.getValue("millrace.dispatch.transport", String.class)).isEqualTo("memory");
    }
}
