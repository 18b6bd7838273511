package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {

    private static final String MADE = "Sun, 01 Mar 2026 10:00:00 GMT";
    private static final String BEFORE = "Sun, 01 Mar 2026 09:59:59 GMT";
    private static final String AFTER = "Sun, 01 Mar 2026 10:00:01 GMT";
    private static final Preconditions THERE = new Preconditions("\"abc\"", Instant.parse("2026-03-01T10:00:00.7Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "If-None-Match       | \"abc\"               | NOT_MODIFIED",
                "If-None-Match       | W/\"abc\"             | NOT_MODIFIED",
                "If-None-Match       | \"x\", \"abc\"        | NOT_MODIFIED",
                "If-None-Match       | *                     | NOT_MODIFIED",
                "If-None-Match       | \"x\"                 | PROCEED",
                "If-None-Match       | abc                   | PROCEED",
                "If-Modified-Since   | " + MADE + "          | NOT_MODIFIED",
                "If-Modified-Since   | " + AFTER + "         | NOT_MODIFIED",
                "If-Modified-Since   | " + BEFORE + "        | PROCEED",
                "If-Modified-Since   | yesterday             | PROCEED",
                "If-Match            | \"abc\"               | PROCEED",
                "If-Match            | *                     | PROCEED",
                "If-Match            | \"x\"                 | FAILED",
                "If-Match            | W/\"abc\"             | FAILED",
                "If-Unmodified-Since | " + MADE + "          | PROCEED",
                "If-Unmodified-Since | " + BEFORE + "        | FAILED",
                "If-Unmodified-Since | nonsense              | PROCEED",
            })
    void one_condition(String header, String value, Preconditions.Verdict verdict) {
        assertThat(THERE.judge(Map.of(header, value)::get)).isEqualTo(verdict);
    }

    @Test
    void a_tag_outranks_a_date() {
        assertThat(THERE.judge(Map.of("If-None-Match", "\"x\"", "If-Modified-Since", AFTER)::get))
                .isEqualTo(Preconditions.Verdict.PROCEED);
        assertThat(THERE.judge(Map.of("If-Match", "\"abc\"", "If-Unmodified-Since", BEFORE)::get))
                .isEqualTo(Preconditions.Verdict.PROCEED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", MADE})
    void a_range_of_this_version_is_honoured(String condition) {
        assertThat(THERE.allowRange(Map.of("If-Range", condition)::get)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "W/\"abc\"", BEFORE, AFTER, "nonsense", ""})
    void a_range_of_another_version_is_not(String condition) {
        assertThat(THERE.allowRange(Map.of("If-Range", condition)::get)).isFalse();
    }

    @Test
    void without_a_condition_ranges_are_honoured() {
        assertThat(THERE.allowRange(header -> null)).isTrue();
        assertThat(THERE.judge(header -> null)).isEqualTo(Preconditions.Verdict.PROCEED);
    }

    @Test
    void what_has_no_date_is_never_unchanged_since_one() {
        Preconditions undated = new Preconditions("\"abc\"", null);

        assertThat(undated.judge(Map.of("If-Modified-Since", AFTER)::get)).isEqualTo(Preconditions.Verdict.PROCEED);
        assertThat(undated.allowRange(Map.of("If-Range", MADE)::get)).isFalse();
    }
}
