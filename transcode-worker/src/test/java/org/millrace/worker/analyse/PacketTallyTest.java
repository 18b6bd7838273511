package org.millrace.worker.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.millrace.model.media.KeyFrame;
import org.millrace.model.media.TrackIndex;
import org.millrace.worker.ffmpeg.IndexedPacket;

class PacketTallyTest {

    private static final Duration FRAME = Duration.ofMillis(40);

    private final PacketTally tally = new PacketTally(3);

    @Test
    void times_bytes_and_key_frames_are_counted() {
        add(1000, true);
        add(1080, false);
        add(1040, false);
        add(3000, true);
        add(3040, false);

        TrackIndex index = tally.finish(true);

        assertThat(index.track()).isEqualTo(3);
        assertThat(index.firstSeconds()).isEqualTo(1);
        assertThat(index.endSeconds()).isEqualTo(3.08);
        assertThat(index.packets()).isEqualTo(5);
        assertThat(index.keyFrames()).isEqualTo(2);
        assertThat(index.bytes()).isEqualTo(500);
        assertThat(index.longestGapSeconds()).isEqualTo(1.92);
        assertThat(index.longestKeyGapSeconds()).isEqualTo(2);
        assertThat(index.openGops()).isFalse();
        assertThat(index.keys()).containsExactly(new KeyFrame(1, 1000), new KeyFrame(3, 3000));
    }

    @Test
    void the_last_key_frame_reaches_to_the_end() {
        add(0, true);
        for (int at = 40; at < 8000; at += 40) {
            add(at, false);
        }

        assertThat(tally.finish(true).longestKeyGapSeconds()).isEqualTo(8);
    }

    @Test
    void a_picture_shown_before_the_key_frame_it_follows_opens_the_gop() {
        add(0, true);
        add(2000, true);
        add(1960, false);

        assertThat(tally.finish(true).openGops()).isTrue();
    }

    @Test
    void what_is_never_shown_is_not_counted() {
        tally.add(new IndexedPacket(3, Duration.ZERO, null, FRAME, 100, 0, true, true));

        assertThat(tally.finish(true).packets()).isZero();
    }

    @Test
    void a_track_without_times_lasts_as_long_as_its_packets() {
        for (int i = 0; i < 50; i++) {
            tally.add(new IndexedPacket(3, null, null, FRAME, 100, 100 * i, i % 25 == 0, false));
        }

        TrackIndex index = tally.finish(true);

        assertThat(index.endSeconds()).isCloseTo(2, within(1e-9));
        assertThat(index.longestGapSeconds()).isCloseTo(0.04, within(1e-9));
        assertThat(index.keyFrames()).isEqualTo(2);
        assertThat(index.keys()).isEmpty();
        assertThat(index.longestKeyGapSeconds()).isCloseTo(2, within(1e-9));
    }

    @Test
    void key_frames_are_kept_a_second_apart_and_thinned_out_in_very_long_files() {
        for (int at = 0; at < 60_000; at++) {
            add(500L * at, true);
        }

        TrackIndex index = tally.finish(true);

        assertThat(index.keyFrames()).isEqualTo(60_000);
        assertThat(index.keys()).hasSizeBetween(10_000, 20_000);
        assertThat(index.keys().getFirst().seconds()).isZero();
        assertThat(index.keys().get(1).seconds()).isEqualTo(2);
        assertThat(index.keyAt(29_999).orElseThrow().seconds()).isBetween(29_996.0, 29_999.0);
    }

    @Test
    void a_sound_has_no_key_frames_to_speak_of() {
        add(0, true);
        add(40, true);

        TrackIndex index = tally.finish(false);

        assertThat(index.keys()).isEmpty();
        assertThat(index.longestKeyGapSeconds()).isNull();
        assertThat(index.openGops()).isNull();
        assertThat(index.bytes()).isEqualTo(200);
    }

    private void add(long millis, boolean key) {
        tally.add(new IndexedPacket(
                3, Duration.ofMillis(millis), Duration.ofMillis(millis), FRAME, 100, millis, key, false));
    }
}
