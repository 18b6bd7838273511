package org.millrace.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A scrape asks the database only when the figures are old. */
class FreshFiguresTest {

    private final AtomicInteger reads = new AtomicInteger();
    private final HandClock clock = new HandClock();
    private final Figures<Integer> figures = new Figures<>(reads::incrementAndGet, Duration.ofSeconds(5), clock);

    /** A clock that a test moves. */
    private static final class HandClock extends Clock {

        private Instant now = Instant.EPOCH;

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
            return this;
        }
    }

    @Test
    void many_questions_within_five_seconds_are_one_read() {
        for (int i = 0; i < 100; i++) {
            assertThat(figures.get()).isEqualTo(1);
        }
        clock.now = clock.now.plusSeconds(5);
        assertThat(figures.get()).isEqualTo(1);
        assertThat(reads).hasValue(1);
    }

    @Test
    void figures_that_are_old_are_read_again() {
        figures.get();
        clock.now = clock.now.plusMillis(5001);
        assertThat(figures.get()).isEqualTo(2);
    }

    @Test
    void a_read_that_fails_is_tried_again_by_the_next_question() {
        Figures<Integer> failing = new Figures<>(
                () -> {
                    if (reads.incrementAndGet() == 1) {
                        throw new IllegalStateException("no database");
                    }
                    return reads.get();
                },
                Duration.ofSeconds(5),
                clock);
        assertThatThrownBy(failing::get).hasMessage("no database");
        assertThat(failing.get()).isEqualTo(2);
    }
}
