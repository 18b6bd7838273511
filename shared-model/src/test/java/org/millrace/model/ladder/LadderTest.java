package org.millrace.model.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3840 | 2160 | 2160p,1440p,1080p,720p,480p,360p,240p",
                "1920 | 1080 | 1080p,720p,480p,360p,240p",
                "1080 | 1920 | 1080p,720p,480p,360p,240p",
                "1280 |  718 | 718p,480p,360p,240p",
                " 426 |  240 | 240p",
                " 320 |  180 | 180p",
                "   2 |    2 | 2p",
                " 854 |  484 | 480p,360p,240p"
            })
    void the_rungs_are_the_standard_sizes_the_picture_has_room_for(int width, int height, String names) {
        assertThat(Ladder.rungs(width, height, 30, Preset.BALANCED))
                .extracting(Rung::name)
                .containsExactly(names.split(","));
    }

    @ParameterizedTest
    @CsvSource({"1920,1080", "1081,1919", "333,77", "77,333", "1,1", "8000,8000", "7680,100", "720,576"})
    void no_rung_is_larger_than_the_picture_and_all_are_even(int width, int height) {
        List<Rung> rungs = Ladder.rungs(width, height, 25, Preset.BALANCED);
        assertThat(rungs).isNotEmpty().allSatisfy(rung -> {
            assertThat(rung.width()).isEven().isLessThanOrEqualTo(Math.max(2, width + 1));
            assertThat(rung.height()).isEven().isLessThanOrEqualTo(Math.max(2, height + 1));
            assertThat(Math.max(rung.width(), rung.height())).isLessThanOrEqualTo(4096);
        });
        assertThat(rungs).isSortedAccordingTo((a, b) -> Long.compare(b.pixels(), a.pixels()));
        assertThat(rungs).extracting(Rung::name).doesNotHaveDuplicates();
    }

    @Test
    void the_rate_caps_fall_with_the_size_and_grow_with_fast_motion() {
        List<Rung> slow = Ladder.rungs(1920, 1080, 30, Preset.BALANCED);
        List<Rung> fast = Ladder.rungs(1920, 1080, 60, Preset.BALANCED);
        assertThat(slow).extracting(Rung::maxrateKbit).containsExactly(5000, 2800, 1401, 800, 399);
        assertThat(fast.get(0).maxrateKbit()).isEqualTo(7500);
        assertThat(slow).allSatisfy(rung -> assertThat(rung.bufsizeKbit()).isEqualTo(2 * rung.maxrateKbit()));
    }

    @Test
    void a_picture_without_a_size_is_refused() {
        assertThatThrownBy(() -> Ladder.rungs(0, 10, 25, Preset.BALANCED)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_start_rendition_is_the_lowest_one_worth_watching() {
        assertThat(Ladder.start(Ladder.rungs(1920, 1080, 30, Preset.BALANCED)).name())
                .isEqualTo("240p");
        assertThat(Ladder.start(Ladder.rungs(320, 180, 30, Preset.BALANCED)).name())
                .isEqualTo("180p");
    }

    @Test
    void pictures_of_extreme_shape_get_each_size_once() {
        assertThat(Ladder.rungs(8192, 1080, 30, Preset.BALANCED))
                .extracting(Rung::pixels)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "1920,1080,30,40",
        "1920,1080,60,42",
        "3840,2160,30,51",
        "1280,720,30,31",
        "1280,720,60,32",
        "426,240,30,21",
        "640,360,30,30"
    })
    void each_rung_has_the_lowest_level_that_holds_it(int width, int height, double rate, int level) {
        Rung top = Ladder.rungs(width, height, rate, Preset.BALANCED).getFirst();
        assertThat(top.level()).isEqualTo(level);
        assertThat(top.codecs()).isEqualTo("avc1.6400%02x".formatted(level));
    }

    @Test
    void presets_trade_size_for_time() {
        Rung balanced = Ladder.rungs(1280, 720, 30, Preset.BALANCED).getFirst();
        Rung small = Ladder.rungs(1280, 720, 30, Preset.SMALL).getFirst();
        assertThat(small.maxrateKbit()).isLessThan(balanced.maxrateKbit());
        assertThat(small.crf()).isGreaterThan(balanced.crf());
    }
}
