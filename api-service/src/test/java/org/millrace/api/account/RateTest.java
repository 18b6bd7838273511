package org.millrace.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateTest {

    private final Ticking clock = new Ticking();
    private final Rate rate = new Rate(60, clock);

    @Test
    void a_client_may_use_its_allowance_at_once_and_then_waits() {
        assertThat(take("a", 60)).isEqualTo(60);
        assertThat(rate.secondsToWait("a")).isEqualTo(1);
    }

    @Test
    void the_allowance_comes_back_bit_by_bit() {
        take("a", 60);

        clock.pass(Duration.ofSeconds(10));

        assertThat(take("a", 60)).isEqualTo(10);
    }

    @Test
    void the_time_to_wait_is_told_in_whole_seconds_and_is_enough() {
        Rate slow = new Rate(4, clock);
        IntStream.range(0, 4).forEach(i -> slow.secondsToWait("a"));
        assertThat(slow.secondsToWait("a")).isEqualTo(15);

        clock.pass(Duration.ofSeconds(14));
        assertThat(slow.secondsToWait("a")).isEqualTo(1);
        clock.pass(Duration.ofSeconds(1));
        assertThat(slow.secondsToWait("a")).isZero();
    }

    @Test
    void one_client_takes_nothing_from_another() {
        take("a", 60);

        assertThat(take("b", 60)).isEqualTo(60);
    }

    @Test
    void who_was_silent_for_a_minute_is_forgotten_and_has_lost_nothing_by_it() {
        take("a", 60);

        clock.pass(Duration.ofSeconds(61));

        assertThat(rate.remembered()).isZero();
        assertThat(take("a", 61)).isEqualTo(60);
    }

    @Test
    void a_hundred_thousand_addresses_are_not_all_remembered() {
        for (int i = 0; i < 100_000; i++) {
            rate.secondsToWait("client " + i);
        }

        assertThat(rate.remembered()).isLessThanOrEqualTo(20_000);
    }

    @Test
    void a_clock_that_is_set_back_gives_nothing_away_and_locks_nobody_out() {
        take("a", 30);

        clock.pass(Duration.ofHours(-1));

        assertThat(take("a", 60)).isEqualTo(30);
    }

    private int take(String client, int times) {
        return (int) IntStream.range(0, times)
                .filter(i -> rate.secondsToWait(client) == 0)
                .count();
    }

    /** A clock that a test moves. */
    private static final class Ticking extends Clock {

        private Instant now = Instant.parse("2026-11-28T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
