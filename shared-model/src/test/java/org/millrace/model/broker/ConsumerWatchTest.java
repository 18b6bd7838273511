package org.millrace.model.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a service counts as stuck: the broker is there, and yet a consumer is gone for longer than is good. */
class ConsumerWatchTest {

    private static final Duration LOOK = Duration.ofSeconds(3);

    private final Set<String> closed = new HashSet<>();
    private final Set<String> deserted = new HashSet<>();
    private Instant now = Instant.EPOCH;
    private boolean there = true;

    private final ConsumerWatch watch = new ConsumerWatch(List.of(connector()), clock()) {

        @Override
        protected Set<String> consumed() {
            return Set.of("tasks");
        }

        @Override
        protected boolean isBrokerUsed() {
            return true;
        }

        @Override
        protected boolean isBrokerThere() {
            return there;
        }

        @Override
        protected Set<String> deserted() {
            assertThat(there).as("nobody asks a broker that is not there").isTrue();
            return deserted;
        }
    };

    @Test
    void a_channel_that_stays_closed_makes_it_stuck_within_a_minute() {
        closed.add("tasks$2");
        lookFor(ConsumerWatch.PATIENCE.minus(LOOK));
        assertThat(watch.isStuck()).isFalse();
        assertThat(watch.longestGone())
                .hasValueSatisfying(gone -> assertThat(gone.getKey()).isEqualTo("tasks$2"));
        lookFor(LOOK.multipliedBy(3));
        assertThat(watch.isStuck()).isTrue();
    }

    @Test
    void a_channel_that_opens_for_a_moment_at_each_try_is_as_good_as_closed() {
        for (int i = 0; i < 10; i++) {
            closed.add("tasks");
            lookFor(LOOK);
            closed.clear();
            lookFor(LOOK);
        }
        assertThat(watch.isStuck()).isTrue();
        lookFor(LOOK);
        assertThat(watch.isStuck()).as("it stays open now").isFalse();
    }

    @Test
    void an_open_channel_whose_queue_has_no_consumer_makes_it_stuck_too() {
        deserted.add("tasks");
        lookFor(ConsumerWatch.PATIENCE.minus(LOOK));
        assertThat(watch.isStuck()).isFalse();
        lookFor(LOOK.multipliedBy(3));
        assertThat(watch.isStuck()).isTrue();
        deserted.clear();
        lookFor(LOOK.multipliedBy(2));
        assertThat(watch.isStuck()).as("the broker counts one").isFalse();
    }

    @Test
    void without_a_broker_nobody_is_stuck_and_absence_counts_from_its_return() {
        there = false;
        closed.add("tasks");
        lookFor(Duration.ofMinutes(10));
        there = true;
        lookFor(ConsumerWatch.PATIENCE.minus(LOOK));
        assertThat(watch.isStuck()).isFalse();
        lookFor(LOOK.multipliedBy(3));
        assertThat(watch.isStuck()).isTrue();
    }

    @Test
    void absence_counts_from_when_the_queue_was_made_anew() {
        deserted.add("tasks");
        lookFor(ConsumerWatch.PATIENCE);
        watch.countAnew();
        lookFor(ConsumerWatch.PATIENCE.minus(LOOK));
        assertThat(watch.isStuck()).isFalse();
        lookFor(LOOK.multipliedBy(3));
        assertThat(watch.isStuck()).isTrue();
    }

    @Test
    void a_channel_that_this_service_does_not_consume_from_does_not_matter() {
        closed.add("outcomes");
        lookFor(Duration.ofMinutes(10));
        assertThat(watch.isStuck()).isFalse();
    }

    private void lookFor(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(LOOK)) {
            now = now.plus(LOOK);
            watch.look();
        }
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private HealthReporter connector() {
        return new HealthReporter() {
            @Override
            public HealthReport getLiveness() {
                HealthReport.HealthReportBuilder report = HealthReport.builder();
                for (String channel : List.of("tasks", "tasks$2", "outcomes")) {
                    report.add(channel, !closed.contains(channel));
                }
                return report.build();
            }
        };
    }
}
