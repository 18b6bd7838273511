package org.millrace.worker.broker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** The worker as a service: with its broker settings, on a real broker. */
public final class OnBroker implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.config.profile.parent",
                "rabbitmq",
                "millrace.home",
                "target/broker-home",
                "millrace.store.local.path",
                "target/broker-home/media",
                "millrace.worker.slots",
                "2",
                "quarkus.http.test-port",
                "0");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(RabbitServer.class));
    }
}
