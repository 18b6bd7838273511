package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.api.playback.Tracks.of;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.model.task.EncodedTrack;

class MasterPlaylistTest {

    private static final EncodedTrack P720 = Tracks.picture("720p", 1280, 720, 3000, of(500_000, 60), of(250_000, 60));
    private static final EncodedTrack P480 = Tracks.picture("480p", 854, 480, 3000, of(200_000, 60), of(100_000, 60));
    private static final EncodedTrack P240 = Tracks.picture("240p", 426, 240, 3000, of(50_000, 60), of(25_000, 60));

    /** Two seconds are 93.75 packets: both fragments last exactly two seconds together with their neighbour. */
    private static final EncodedTrack SOUND =
            Tracks.track("audio-1", "mp4a.40.2", 0, 0, 48_000, 785, 1077, 1000, of(32_000, 96), of(30_000, 96));

    @Test
    void lists_a_start_rendition_first_and_the_rest_by_size() {
        AudioChoice sound = new AudioChoice(SOUND, "deu", null);

        assertThat(MasterPlaylist.of(List.of(P240, P720, P480), List.of(sound))).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="German",LANGUAGE="de",DEFAULT=YES,AUTOSELECT=YES,URI="audio-1.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=928000,AVERAGE-BANDWIDTH=724000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=854x480,FRAME-RATE=30.000,AUDIO="aud"
                        480p.m3u8
                        #EXT-X-STREAM-INF:BANDWIDTH=2128000,AVERAGE-BANDWIDTH=1624000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30.000,AUDIO="aud"
                        720p.m3u8
                        #EXT-X-STREAM-INF:BANDWIDTH=328000,AVERAGE-BANDWIDTH=274000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=426x240,FRAME-RATE=30.000,AUDIO="aud"
                        240p.m3u8
                        """);
    }

    @Test
    void a_silent_video_has_no_audio_group() {
        assertThat(MasterPlaylist.of(List.of(P240), List.of())).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-STREAM-INF:BANDWIDTH=200000,AVERAGE-BANDWIDTH=150000,CODECS="avc1.64001f",RESOLUTION=426x240,FRAME-RATE=30.000
                        240p.m3u8
                        """);
    }

    @Test
    void a_track_that_holds_its_own_sound_is_not_tied_to_the_group() {
        EncodedTrack copied =
                Tracks.track("1080p", "avc1.640028, mp4a.40.2", 1920, 1080, 90_000, 900, 1000, 3000, of(1_000_000, 60));

        String playlist = MasterPlaylist.of(List.of(copied, P240), List.of(new AudioChoice(SOUND, null, null)));

        assertThat(playlist)
                .contains("BANDWIDTH=4000000,AVERAGE-BANDWIDTH=4000000,CODECS=\"avc1.640028,mp4a.40.2\","
                        + "RESOLUTION=1920x1080,FRAME-RATE=30.000\n1080p.m3u8\n")
                .contains("RESOLUTION=426x240,FRAME-RATE=30.000,AUDIO=\"aud\"\n240p.m3u8\n")
                .contains("NAME=\"Audio\",DEFAULT=YES");
    }

    @Test
    void sound_alone_is_a_variant() {
        assertThat(MasterPlaylist.of(List.of(), List.of(new AudioChoice(SOUND, null, null))))
                .isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-STREAM-INF:BANDWIDTH=128000,AVERAGE-BANDWIDTH=124000,CODECS="mp4a.40.2"
                        audio-1.m3u8
                        """);
    }

    @Test
    void only_the_first_sound_is_the_default_and_names_cannot_break_the_list() {
        EncodedTrack second = Tracks.sound("audio-2", of(32_000, 94));
        String playlist = MasterPlaylist.of(
                List.of(P240),
                List.of(new AudioChoice(SOUND, "en", "Ton\"\n#EXT-X-ENDLIST"), new AudioChoice(second, "fre", null)));

        assertThat(playlist.lines())
                .contains(
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aud\",NAME=\"Ton #EXT-X-ENDLIST\",LANGUAGE=\"en\","
                                + "DEFAULT=YES,AUTOSELECT=YES,URI=\"audio-1.m3u8\"",
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aud\",NAME=\"French\",LANGUAGE=\"fr\","
                                + "DEFAULT=NO,AUTOSELECT=YES,URI=\"audio-2.m3u8\"")
                .noneMatch(line -> line.equals("#EXT-X-ENDLIST"));
    }

    @Test
    void a_frame_rate_keeps_its_fraction() {
        EncodedTrack ntsc = Tracks.picture("240p", 426, 240, 3003, of(50_000, 60), of(50_000, 17));

        assertThat(MasterPlaylist.of(List.of(ntsc), List.of())).contains("FRAME-RATE=29.970\n");
    }

    @Test
    void a_portrait_video_starts_by_its_shorter_side() {
        EncodedTrack tall = Tracks.picture("720p", 720, 1280, 3000, of(500_000, 60));
        EncodedTrack small = Tracks.picture("360p", 360, 640, 3000, of(100_000, 60));

        assertThat(MasterPlaylist.of(List.of(tall, small), List.of()).lines().filter(line -> line.endsWith("m3u8")))
                .containsExactly("360p.m3u8", "720p.m3u8");
    }

    @Test
    void a_video_whose_smallest_rendition_is_large_starts_with_it() {
        assertThat(MasterPlaylist.of(List.of(P720), List.of())).endsWith("\n720p.m3u8\n");
    }
}
