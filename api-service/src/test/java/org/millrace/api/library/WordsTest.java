package org.millrace.api.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same examples as in the tests of the pages' scripts, where both have the words. */
class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "-1, 0 B",
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 KB",
        "1400000000, 1.4 GB",
        "99940000, 99.9 MB",
        "99960000, 100 MB",
        "999600, 1.0 MB",
        "5000000000000000, 5000 TB"
    })
    void sizes(long count, String words) {
        assertThat(Words.bytes(count)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "0.9, 0:00", "65, 1:05", "3599.9, 59:59", "3723, 1:02:03", "360000, 100:00:00", "-5, 0:00"})
    void lengths(double seconds, String words) {
        assertThat(Words.clock(seconds)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0 %", "42.9, 42 %", "99.99, 99 %", "100, 100 %", "250, 100 %"})
    void shares(double value, String words) {
        assertThat(Words.percent(value)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.3×", "2.1, 2.1×", "9.94, 9.9×", "9.95, 10×", "31.4, 31×"})
    void speeds(double speed, String words) {
        assertThat(Words.times(speed)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0, a few seconds left", "12, about 20 s left", "50, about 50 s left", "54, about 60 s left",
        "55, about 1 min left", "200, about 3 min left", "3600, about 1 h left", "5400, about 1 h 30 min left",
        "7100, about 2 h left"
    })
    void times_left(long seconds, String words) {
        assertThat(Words.timeLeft(seconds)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "-PT5S, just now",
        "PT59S, just now",
        "PT60S, 1 minute ago",
        "PT59M, 59 minutes ago",
        "PT1H, 1 hour ago",
        "PT25H, 1 day ago",
        "P30D, 30 days ago",
        "P31D, 31 Jan 2026"
    })
    void ages(Duration age, String words) {
        Instant now = Instant.parse("2026-03-03T12:00:00Z");

        assertThat(Words.ago(now.minus(age), now, ZoneOffset.UTC)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"PT-1S, 0 s", "PT40S, 40 s", "PT61S, 1 min", "PT2H, 2 h"})
    void spans(Duration duration, String words) {
        assertThat(Words.span(duration)).isEqualTo(words);
    }
}
