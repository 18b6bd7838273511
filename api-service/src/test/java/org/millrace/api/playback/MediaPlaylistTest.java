package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.api.playback.Tracks.of;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.model.task.EncodedTrack;

class MediaPlaylistTest {

    @Test
    void a_picture_is_listed_fragment_by_fragment() {
        EncodedTrack track = Tracks.picture("720p", 1280, 720, 3000, of(375_954, 60), of(270_951, 60), of(90_000, 15));

        assertThat(MediaPlaylist.of(track, "720p.mp4", 2)).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-TARGETDURATION:2
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-PLAYLIST-TYPE:VOD
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MAP:URI="720p.mp4",BYTERANGE="854@0"
                        #EXTINF:2.000000,
                        #EXT-X-BYTERANGE:375954@1146
                        720p.mp4
                        #EXTINF:2.000000,
                        #EXT-X-BYTERANGE:270951@377100
                        720p.mp4
                        #EXTINF:0.500000,
                        #EXT-X-BYTERANGE:90000@648051
                        720p.mp4
                        #EXT-X-ENDLIST
                        """);
    }

    @Test
    void sound_keeps_the_length_of_its_packets() {
        EncodedTrack track = Tracks.sound("audio-1", of(32_500, 94), of(16_000, 47));

        assertThat(MediaPlaylist.of(track, "audio-1.mp4", 2)).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-TARGETDURATION:2
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-PLAYLIST-TYPE:VOD
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MAP:URI="audio-1.mp4",BYTERANGE="785@0"
                        #EXTINF:2.005333,
                        #EXT-X-BYTERANGE:32500@1077
                        audio-1.mp4
                        #EXTINF:1.002667,
                        #EXT-X-BYTERANGE:16000@33577
                        audio-1.mp4
                        #EXT-X-ENDLIST
                        """);
    }

    @Test
    void the_target_is_the_longest_segment_rounded_to_the_nearest_second() {
        assertThat(MediaPlaylist.targetSeconds(List.of(frames(60, 74)))).isEqualTo(2);
        assertThat(MediaPlaylist.targetSeconds(List.of(frames(60, 75)))).isEqualTo(3);
        assertThat(MediaPlaylist.targetSeconds(List.of(frames(119)))).isEqualTo(4);
    }

    @Test
    void the_target_of_a_very_short_video_is_not_zero() {
        assertThat(MediaPlaylist.targetSeconds(List.of(frames(3)))).isEqualTo(1);
    }

    @Test
    void all_tracks_of_a_set_have_the_same_target() {
        assertThat(MediaPlaylist.targetSeconds(List.of(frames(60), frames(100))))
                .isEqualTo(3);
    }

    @Test
    void subtitles_are_one_segment_as_long_as_the_video() {
        assertThat(MediaPlaylist.ofText("subtitles-2.vtt", 40.5)).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-TARGETDURATION:41
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-PLAYLIST-TYPE:VOD
                        #EXTINF:40.500000,
                        subtitles-2.vtt
                        #EXT-X-ENDLIST
                        """);
    }

    private static EncodedTrack frames(long... counts) {
        long[][] fragments = new long[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            fragments[i] = of(1000, counts[i]);
        }
        return Tracks.picture("240p", 426, 240, 3000, fragments);
    }
}
