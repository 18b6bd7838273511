package org.millrace.worker.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;

class TilesTest {

    @Test
    void a_short_video_shows_every_group_of_pictures() {
        Tiles tiles = Tiles.of(track(426, 240, 20, 180_000));

        assertThat(tiles.intervalSeconds()).isEqualTo(2);
        assertThat(tiles.fragments()).hasSize(20).startsWith(0, 1, 2);
        assertThat(tiles.columns()).isEqualTo(12);
        assertThat(tiles.rows()).isEqualTo(2);
        assertThat(tiles.width()).isEqualTo(160);
        assertThat(tiles.height()).isEqualTo(90);
    }

    @Test
    void an_hour_fits_on_one_sheet() {
        Tiles tiles = Tiles.of(track(426, 240, 1800, 180_000));

        assertThat(tiles.intervalSeconds()).isEqualTo(30);
        assertThat(tiles.fragments()).hasSize(120).startsWith(0, 15, 30);
    }

    @Test
    void a_day_fits_on_one_sheet() {
        Tiles tiles = Tiles.of(track(426, 240, 43_200, 180_000));

        assertThat(tiles.intervalSeconds()).isEqualTo(600);
        assertThat(tiles.fragments()).hasSize(144);
    }

    @Test
    void long_groups_of_pictures_are_shown_once() {
        Tiles tiles = Tiles.of(track(426, 240, 30, 5 * 90_000));

        assertThat(tiles.intervalSeconds()).isEqualTo(10);
        assertThat(tiles.fragments()).doesNotHaveDuplicates().hasSize(15);
    }

    @Test
    void the_small_drift_of_29_97_frames_changes_nothing() {
        Tiles tiles = Tiles.of(track(426, 240, 140, 180_180));

        assertThat(tiles.intervalSeconds()).isEqualTo(2);
        assertThat(tiles.fragments()).hasSize(141 - 1);
    }

    @Test
    void portrait_and_tiny_pictures_keep_their_shape() {
        Tiles portrait = Tiles.of(track(240, 426, 5, 180_000));
        Tiles tiny = Tiles.of(track(64, 36, 1, 45_000));

        assertThat(portrait.width()).isEqualTo(90);
        assertThat(portrait.height()).isEqualTo(160);
        assertThat(tiny.width()).isEqualTo(64);
        assertThat(tiny.columns()).isEqualTo(1);
    }

    static EncodedTrack track(int width, int height, int fragments, long ticks) {
        List<Fragment> list = new ArrayList<>();
        for (int i = 0; i < fragments; i++) {
            list.add(new Fragment(1000 + i * 100L, 100, ticks, 60));
        }
        return new EncodedTrack(
                "240p", new ObjectKey("v/x"), 1, "", "avc1.640015", width, height, 90_000, 1000, "", list, 0L, null);
    }
}
