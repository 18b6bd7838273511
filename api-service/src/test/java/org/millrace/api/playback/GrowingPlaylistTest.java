package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.api.playback.Tracks.of;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.Growth;
import org.millrace.api.ledger.Outline;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.Rational;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.EncodedTrack;

class GrowingPlaylistTest {

    private static final Rung P720 = new Rung("720p", 1280, 720, 23, 2800, 5600, 31);
    private static final Rung P240 = new Rung("240p", 426, 240, 23, 400, 800, 13);
    private static final Outline.Sound SOUND = new Outline.Sound("audio-1", new AudioInput(1, 0, "eng", null, 6));

    private static final Outline ENCODED = copying(null);

    private static EncodedTrack piece(String name, long startTicks, int gops) {
        long[][] fragments = new long[gops][];
        for (int i = 0; i < gops; i++) {
            fragments[i] = of(1000 + i, 60);
        }
        return at(Tracks.picture(name, 426, 240, 3000, fragments), startTicks);
    }

    private static EncodedTrack at(EncodedTrack track, long startTicks) {
        return new EncodedTrack(
                track.name(),
                track.object(),
                track.sizeBytes(),
                track.sha256(),
                track.codecs(),
                track.width(),
                track.height(),
                track.timescale(),
                track.initBytes(),
                track.initSha256(),
                track.fragments(),
                startTicks,
                startTicks == 0 ? new ObjectKey("v/init.mp4") : null);
    }

    private static Growth.Track track(boolean complete, EncodedTrack... pieces) {
        return new Growth.Track(pieces[0].name(), List.of(pieces), complete);
    }

    private static Outline copying(String copied) {
        Grid grid = new Grid(new Rational(30, 1), 60, 3000);
        return new Outline(grid, List.of(P720, P240), copied, "240p", true, List.of(SOUND), 0);
    }

    private static Growth growth(Outline outline, boolean ended, Growth.Track... tracks) {
        return new Growth(
                1, outline, Arrays.stream(tracks).collect(Collectors.toMap(Growth.Track::name, it -> it)), ended);
    }

    private static Growth.Track sound(boolean complete, int packets) {
        return track(complete, at(Tracks.sound("audio-1", of(30_000, packets)), 0));
    }

    @Test
    void segments_are_numbered_over_all_pieces() {
        Growth growth =
                growth(ENCODED, false, track(false, piece("240p", 0, 2), piece("240p", 360_000, 1)), sound(true, 94));

        assertThat(GrowingPlaylist.textOrNull(growth, "240p")).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-TARGETDURATION:2
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-PLAYLIST-TYPE:EVENT
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-START:TIME-OFFSET=0,PRECISE=YES
                        #EXT-X-MAP:URI="../240p/init.mp4"
                        #EXTINF:2.000000,
                        ../240p/0.m4s
                        #EXTINF:2.000000,
                        ../240p/1.m4s
                        #EXTINF:2.000000,
                        ../240p/2.m4s
                        """);
        assertThat(GrowingPlaylist.textOrNull(growth, "720p")).isNull();
    }

    @Test
    void a_picture_is_listed_no_further_than_the_sound_that_goes_with_it() {
        EncodedTrack picture = piece("240p", 0, 5);
        Growth lagging = growth(ENCODED, false, track(true, picture), sound(false, 190));
        assertThat(segments(lagging, "240p")).isEqualTo(2);
        assertThat(GrowingPlaylist.textOrNull(lagging, "240p")).doesNotContain("ENDLIST");
        assertThat(segments(lagging, "audio-1")).isEqualTo(1);

        Growth shorter = growth(ENCODED, false, track(true, picture), sound(true, 190));
        assertThat(segments(shorter, "240p")).isEqualTo(5);
        assertThat(GrowingPlaylist.textOrNull(shorter, "240p")).endsWith("#EXT-X-ENDLIST\n");
    }

    @Test
    void sound_goes_no_further_than_a_picture_that_was_broken_off() {
        EncodedTrack whole = at(Tracks.sound("audio-1", of(9000, 94), of(9000, 94), of(9000, 94), of(9000, 94)), 0);
        Growth stopped = growth(ENCODED, true, track(false, piece("240p", 0, 2)), track(true, whole));
        assertThat(segments(stopped, "audio-1")).isEqualTo(2);
        assertThat(segments(stopped, "240p")).isEqualTo(2);

        Growth finished = growth(ENCODED, true, track(true, piece("240p", 0, 2)), track(true, whole));
        assertThat(segments(finished, "audio-1")).isEqualTo(4);
    }

    @Test
    void a_list_of_what_will_not_grow_any_more_ends() {
        Growth cancelled = growth(ENCODED, true, track(false, piece("240p", 0, 2)), sound(false, 190));

        assertThat(GrowingPlaylist.textOrNull(cancelled, "240p")).endsWith("#EXT-X-ENDLIST\n");
        assertThat(GrowingPlaylist.textOrNull(cancelled, "audio-1")).endsWith("#EXT-X-ENDLIST\n");
    }

    @Test
    void the_target_is_known_before_there_is_any_segment() {
        assertThat(GrowingPlaylist.targetSeconds(growth(ENCODED, false))).isEqualTo(2);
        assertThat(GrowingPlaylist.targetSeconds(growth(copying("720p"), false)))
                .isEqualTo(5);
    }

    @Test
    void the_target_of_a_picture_that_hardly_moves_is_the_time_of_its_frames() {
        Grid slow = new Grid(new Rational(1, 4), 1, 10);
        Outline outline = new Outline(slow, List.of(P240), null, "240p", true, List.of(), 0);

        assertThat(GrowingPlaylist.targetSeconds(growth(outline, false))).isEqualTo(4);
    }

    @Test
    void the_target_of_a_set_whose_plan_is_forgotten_is_that_of_its_segments() {
        Outline outline = new Outline(null, List.of(P240), null, "240p", true, List.of(), 0);
        Growth.Track copied = track(true, at(Tracks.picture("240p", 426, 240, 3000, of(9000, 132)), 0));

        assertThat(GrowingPlaylist.targetSeconds(growth(outline, true, copied))).isEqualTo(4);
    }

    @Test
    void durations_have_six_places() {
        StringBuilder text = new StringBuilder();
        for (long ticks : new long[] {0, 1, 48_000, 96_256, 95_999, 4_800_000}) {
            MediaPlaylist.append(text, ticks, 48_000);
            text.append(' ');
        }
        assertThat(text).hasToString("0.000000 0.000021 1.000000 2.005333 1.999979 100.000000 ");
    }

    private static long segments(Growth growth, String name) {
        return GrowingPlaylist.textOrNull(growth, name)
                .lines()
                .filter(line -> line.endsWith(".m4s"))
                .count();
    }
}
