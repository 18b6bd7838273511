package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 0, 100",
        "bytes=0-0, 0, 1",
        "bytes=999-999, 999, 1",
        "bytes=500-, 500, 500",
        "bytes=-1, 999, 1",
        "bytes=-5000, 0, 1000",
        "bytes=900-99999999999999999999999999, 900, 100",
        "BYTES=10-19, 10, 10",
    })
    void a_range_that_overlaps_is_a_part(String header, long first, long length) {
        assertThat(ByteRange.of(header, 1000)).isEqualTo(new ByteRange(first, length, ByteRange.Kind.PART));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=99999999999999999999999999-"})
    void a_range_beyond_the_end_cannot_be_satisfied(String header) {
        assertThat(ByteRange.of(header, 1000).kind()).isEqualTo(ByteRange.Kind.UNSATISFIABLE);
        assertThat(ByteRange.of(header, 1000).contentRange(1000)).isEqualTo("bytes */1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5-4",
                "bytes=-",
                "bytes=",
                "bytes",
                "",
                "seconds=0-1",
                "bytes=0-1,5-9",
                "bytes=a-b",
                "bytes=+1-2",
                "bytes=1-2-3",
                "bytes==0-1",
                "bytes=٠-٩",
                "bytes=0x0-0x9",
                "bytes=--1"
            })
    void what_is_not_one_range_of_bytes_asks_for_the_whole(String header) {
        assertThat(ByteRange.of(header, 1000)).isEqualTo(ByteRange.whole(1000));
    }

    @Test
    void no_header_asks_for_the_whole() {
        assertThat(ByteRange.of(null, 1000)).isEqualTo(ByteRange.whole(1000));
    }

    @Test
    void nothing_of_an_empty_object_can_be_asked_for() {
        assertThat(ByteRange.of("bytes=0-", 0).kind()).isEqualTo(ByteRange.Kind.UNSATISFIABLE);
        assertThat(ByteRange.of("bytes=-5", 0).kind()).isEqualTo(ByteRange.Kind.UNSATISFIABLE);
    }

    @Test
    void a_part_names_its_place() {
        assertThat(ByteRange.of("bytes=10-19", 1000).contentRange(1000)).isEqualTo("bytes 10-19/1000");
    }
}
