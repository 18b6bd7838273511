package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.api.playback.Tracks.of;

import org.junit.jupiter.api.Test;
import org.millrace.model.task.EncodedTrack;

class BitrateTest {

    @Test
    void the_peak_is_the_densest_segment() {
        EncodedTrack track = Tracks.picture("240p", 426, 240, 3000, of(10_000, 60), of(40_000, 60), of(20_000, 60));

        assertThat(Bitrate.peak(track, 2)).isEqualTo(160_000);
        assertThat(Bitrate.average(track)).isEqualTo(93_334);
    }

    @Test
    void a_last_segment_of_a_few_frames_counts_only_with_the_one_before() {
        EncodedTrack track = Tracks.picture("240p", 426, 240, 3000, of(20_000, 60), of(10_000, 3));

        assertThat(Bitrate.peak(track, 2)).isEqualTo(Math.round(Math.ceil(8 * 30_000 / 2.1)));
    }

    @Test
    void several_short_segments_are_looked_at_together() {
        EncodedTrack track = Tracks.picture("240p", 426, 240, 3000, of(10_000, 20), of(12_500, 20), of(2_500, 20));

        assertThat(Bitrate.peak(track, 2)).isEqualTo(135_000);
    }

    @Test
    void a_video_shorter_than_half_a_segment_has_its_average_as_peak() {
        EncodedTrack track = Tracks.picture("240p", 426, 240, 3000, of(1_000, 3));

        assertThat(Bitrate.peak(track, 2)).isEqualTo(80_000);
    }

    @Test
    void a_track_without_fragments_has_no_rate() {
        EncodedTrack track = Tracks.picture("240p", 426, 240, 3000);

        assertThat(Bitrate.peak(track, 1)).isZero();
        assertThat(Bitrate.average(track)).isZero();
    }
}
