package org.millrace.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.millrace.model.ladder.Grid;
import org.millrace.model.media.Rational;
import org.millrace.model.testing.SampleSource;

class SeekingTest {

    private static final Grid GRID = Grid.of(new Rational(30, 1), 60);

    private static Double seek(SampleSource source, long frame) {
        return Seeking.before(
                frame,
                GRID,
                source.facts(),
                source.facts().video().getFirst(),
                source.packets().getFirst());
    }

    private static SampleSource everyFourSeconds() {
        return SampleSource.empty().withPicture(SampleSource.picture(0, "hevc", 640, 360), 60, 4);
    }

    @Test
    void a_container_with_an_index_is_read_from_the_key_frame_before() {
        assertThat(seek(everyFourSeconds(), 10 * 30)).isCloseTo(8.25, within(1e-9));
        assertThat(seek(everyFourSeconds(), 8 * 30)).isCloseTo(8.25, within(1e-9));
    }

    @Test
    void where_every_frame_is_a_key_frame_reading_begins_at_the_very_one() {
        SampleSource camera =
                SampleSource.empty().withPicture(SampleSource.picture(0, "prores", 640, 360), 60, 1 / 30.0);

        assertThat(seek(camera, 8 * 30)).isBetween(8.0, 8.0 + 1 / 60.0);
    }

    @Test
    void a_container_without_an_index_is_read_from_well_before_it() {
        assertThat(seek(everyFourSeconds().in("mpegts"), 10 * 30)).isCloseTo(6.5, within(1e-9));
    }

    @Test
    void what_lies_before_the_second_key_frame_is_read_from_the_start() {
        assertThat(seek(everyFourSeconds(), 0)).isNull();
        assertThat(seek(everyFourSeconds(), 90)).isNull();
        assertThat(seek(everyFourSeconds().in("mpegts"), 4 * 30)).isCloseTo(2.5, within(1e-9));
    }
}
