package org.millrace.model.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** When a sender counts as stuck: others are confirmed what they send, and it is not. */
class ConfirmWatchTest {

    private static final Duration A_LITTLE_MORE = ConfirmWatch.PATIENCE.plusSeconds(1);

    private Instant now = Instant.EPOCH;
    private boolean others = true;

    private final ConfirmWatch watch = new ConfirmWatch(clock());

    @Test
    void one_that_is_not_confirmed_twice_while_others_are_is_stuck_within_a_minute() {
        watch.unconfirmed(now);
        now = now.plusSeconds(20);
        watch.unconfirmed(now);
        look();
        assertThat(watch.isStuck()).isFalse();
        assertThat(watch.silentSince()).contains(Instant.EPOCH);
        now = Instant.EPOCH.plus(A_LITTLE_MORE);
        look();
        assertThat(watch.isStuck()).isTrue();
    }

    @Test
    void one_answer_that_was_lost_does_not_count_however_long_nothing_else_is_sent() {
        watch.unconfirmed(now);
        now = now.plus(Duration.ofHours(1));
        look();
        assertThat(watch.isStuck()).isFalse();
    }

    @Test
    void a_broker_that_confirms_to_nobody_makes_nobody_stuck_and_silence_counts_from_its_end() {
        others = false;
        watch.unconfirmed(now);
        Instant during = now.plusSeconds(50);
        watch.unconfirmed(during);
        now = now.plus(Duration.ofHours(1));
        look();
        assertThat(watch.isStuck()).isFalse();

        others = true;
        watch.unconfirmed(during);
        watch.unconfirmed(now);
        now = now.plus(A_LITTLE_MORE);
        look();
        assertThat(watch.isStuck()).as("only one was sent since").isFalse();
        watch.unconfirmed(now);
        look();
        assertThat(watch.isStuck()).isTrue();
    }

    @Test
    void what_is_confirmed_ends_it() {
        watch.unconfirmed(now);
        watch.unconfirmed(now);
        now = now.plus(A_LITTLE_MORE);
        watch.confirmed();
        look();
        assertThat(watch.isStuck()).isFalse();
        assertThat(watch.silentSince()).isEmpty();
    }

    @Test
    void nobody_asks_the_broker_while_all_is_confirmed() {
        watch.look(() -> {
            throw new AssertionError("asked");
        });
        assertThat(watch.isStuck()).isFalse();
    }

    private void look() {
        watch.look(() -> others);
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }
}
