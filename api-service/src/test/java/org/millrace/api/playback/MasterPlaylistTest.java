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
        assertThat(master(List.of(P240, P720, P480), sound(SOUND, "deu", null))).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="German",LANGUAGE="de",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-1.m3u8"
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
        assertThat(master(List.of(P240))).isEqualTo("""
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

        String playlist = master(List.of(copied, P240), sound(SOUND, null, null));

        assertThat(playlist)
                .contains("BANDWIDTH=4000000,AVERAGE-BANDWIDTH=4000000,CODECS=\"avc1.640028,mp4a.40.2\","
                        + "RESOLUTION=1920x1080,FRAME-RATE=30.000\n1080p.m3u8\n")
                .contains("RESOLUTION=426x240,FRAME-RATE=30.000,AUDIO=\"aud\"\n240p.m3u8\n")
                .contains("NAME=\"Audio\",DEFAULT=YES");
    }

    @Test
    void sound_alone_is_a_variant() {
        assertThat(master(List.of(), sound(SOUND, null, null))).isEqualTo("""
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
        String playlist =
                master(List.of(P240), sound(SOUND, "en", "Ton\"\n#EXT-X-ENDLIST"), sound(second, "fre", null));

        assertThat(playlist.lines())
                .contains(
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aud\",NAME=\"Ton #EXT-X-ENDLIST\",LANGUAGE=\"en\","
                                + "DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"audio-1.m3u8\"",
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aud\",NAME=\"French\",LANGUAGE=\"fr\","
                                + "DEFAULT=NO,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"audio-2.m3u8\"")
                .noneMatch(line -> line.equals("#EXT-X-ENDLIST"));
    }

    @Test
    void a_frame_rate_keeps_its_fraction() {
        EncodedTrack ntsc = Tracks.picture("240p", 426, 240, 3003, of(50_000, 60), of(50_000, 17));

        assertThat(master(List.of(ntsc))).contains("FRAME-RATE=29.970\n");
    }

    @Test
    void a_portrait_video_starts_by_its_shorter_side() {
        EncodedTrack tall = Tracks.picture("720p", 720, 1280, 3000, of(500_000, 60));
        EncodedTrack small = Tracks.picture("360p", 360, 640, 3000, of(100_000, 60));

        assertThat(master(List.of(tall, small)).lines().filter(line -> line.endsWith("m3u8")))
                .containsExactly("360p.m3u8", "720p.m3u8");
    }

    @Test
    void a_video_whose_smallest_rendition_is_large_starts_with_it() {
        assertThat(master(List.of(P720))).endsWith("\n720p.m3u8\n");
    }

    @Test
    void languages_of_a_video_that_is_only_heard_are_no_variants_of_each_other() {
        EncodedTrack second = Tracks.sound("audio-2", of(32_000, 94));

        assertThat(master(List.of(), sound(SOUND, "eng", null), sound(second, "fre", null)))
                .isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-1.m3u8"
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="French",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="audio-2.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=128000,AVERAGE-BANDWIDTH=124000,CODECS="mp4a.40.2",AUDIO="aud"
                        audio-1.m3u8
                        """);
    }

    @Test
    void two_sounds_of_one_language_have_two_names() {
        EncodedTrack second = Tracks.sound("audio-2", of(32_000, 94));

        assertThat(master(List.of(P240), sound(SOUND, "eng", null), sound(second, "en", null)))
                .contains("NAME=\"English\",LANGUAGE", "NAME=\"English 2\",LANGUAGE");
    }

    @Test
    void subtitles_and_small_pictures_lie_one_folder_up_from_what_grows() {
        List<SubtitleChoice> subtitles = List.of(
                new SubtitleChoice("subtitles-2", 2, "eng", null, false),
                new SubtitleChoice("subtitles-3", 3, "eng", "Signs", true));
        MasterPlaylist playlist =
                new MasterPlaylist(List.of(Variant.of(P240, 2)), List.of(), subtitles, null, true, false);

        assertThat(playlist.text()).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-SESSION-DATA:DATA-ID="org.millrace.thumbnails",VALUE="storyboard.vtt"
                        #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="sub",NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="subtitles-2.m3u8"
                        #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="sub",NAME="Signs",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,FORCED=YES,URI="subtitles-3.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=200000,AVERAGE-BANDWIDTH=150000,CODECS="avc1.64001f",RESOLUTION=426x240,FRAME-RATE=30.000,SUBTITLES="sub"
                        240p.m3u8
                        """);
        MasterPlaylist growing =
                new MasterPlaylist(playlist.pictures(), playlist.sounds(), subtitles, "240p", true, true);
        assertThat(growing.text())
                .contains("#EXT-X-START:TIME-OFFSET=0,PRECISE=YES\n")
                .contains("VALUE=\"../storyboard.vtt\"", "URI=\"../subtitles-2.m3u8\"", "\n240p.m3u8\n");
    }

    private static String master(List<EncodedTrack> pictures, AudioChoice... sounds) {
        List<Variant> variants = pictures.stream()
                .map(picture -> Variant.of(picture, target(picture)))
                .toList();
        return new MasterPlaylist(variants, List.of(sounds), List.of(), null, false, false).text();
    }

    private static AudioChoice sound(EncodedTrack track, String language, String title) {
        return new AudioChoice(Variant.of(track, target(track)), language, title, 2);
    }

    private static int target(EncodedTrack track) {
        return MediaPlaylist.targetSeconds(List.of(track));
    }
}
