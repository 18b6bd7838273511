package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandArgumentsTest {

    private static final InputGuard GUARD = new InputGuard(1000, 2000, Duration.ofSeconds(3));
    private static final String FFMPEG =
            "-nostdin -hide_banner -loglevel level+warning -nostats -progress pipe:1 -stats_period 0.25 "
                    + "-max_alloc 1073741824 -y ";
    private static final String FFPROBE = "-hide_banner -loglevel level+warning -max_alloc 1073741824 ";
    private static final String GUARDED = "-protocol_whitelist file -format_whitelist " + InputGuard.FORMATS
            + " -max_pixels 1000 -probesize 2000 -analyzeduration 3000000 ";

    @Test
    void audio_is_encoded_as_a_whole_in_two_second_fragments() {
        assertThat(text(new EncodeAudioCommand(1, Duration.ofMillis(1400), Optional.empty(), 2, 128, false)
                        .toCommand(GUARD)))
                .isEqualTo(FFMPEG + "-copyts " + GUARDED
                        + "-i file:../in/source -map 0:1 -vn -sn -dn -map_metadata -1 -map_chapters -1 "
                        + "-af asetpts=PTS-(1.400000)/TB,aresample=48000:async=1:first_pts=0 -c:a aac -b:a 128k -ac 2 "
                        + "-avoid_negative_ts disabled -f mp4 -frag_duration 2000000 -flush_packets 1 "
                        + "-movflags +delay_moov+default_base_moof file:audio.mp4");
    }

    @Test
    void audio_can_stop_early() {
        assertThat(text(new EncodeAudioCommand(1, Duration.ZERO, Optional.of(Duration.ofSeconds(60)), 1, 64, true)
                        .toCommand(GUARD)))
                .contains("first_pts=0,atrim=end=60.000000 -c:a aac -b:a 64k -ac 1 ");
    }

    @Test
    void a_poster_is_chosen_among_key_frames_and_made_to_fit() {
        SourcePicture picture = new SourcePicture(0, Duration.ofSeconds(1), false, SourceColour.BT709, false);

        assertThat(text(new PosterCommand(picture, Duration.ofSeconds(2), 3840, 2160, 5, true).toCommand(GUARD)))
                .isEqualTo(FFMPEG + "-copyts " + GUARDED
                        + "-threads 1 -skip_frame nokey -seek_timestamp 1 -noaccurate_seek -ss 3.000000 "
                        + "-i file:../in/source -map 0:0 -an -sn -dn -map_metadata -1 -map_chapters -1 "
                        + "-vf thumbnail=5,scale=1280:720:flags=bicubic,format=yuv420p,setsar=1,"
                        + "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,"
                        + "scale=in_range=tv:in_color_matrix=bt709:out_range=pc:out_color_matrix=bt601,format=yuvj420p "
                        + "-frames:v 1 -fps_mode passthrough -c:v mjpeg -q:v 3 -f image2 -update 1 file:poster.jpg");
    }

    @Test
    void a_poster_is_never_enlarged_and_its_longer_side_is_bounded() {
        SourcePicture picture = new SourcePicture(0, Duration.ZERO, false, SourceColour.BT709, false);
        PosterCommand upright = new PosterCommand(picture, Duration.ZERO, 1080, 1920, 5, true);
        PosterCommand tiny = new PosterCommand(picture, Duration.ZERO, 31, 1, 2, true);

        assertThat(upright.width()).isEqualTo(720);
        assertThat(upright.height()).isEqualTo(1280);
        assertThat(tiny.width()).isEqualTo(32);
        assertThat(tiny.height()).isEqualTo(2);
    }

    @Test
    void a_download_copies_both_tracks_with_their_timestamps() {
        assertThat(text(new DownloadCommand(true).toCommand(GUARD)))
                .isEqualTo(FFMPEG + "-copyts " + GUARDED + "-i file:../in/video " + GUARDED
                        + "-i file:../in/audio -map 0:v -map 1:a -map_metadata -1 -c copy -f mp4 "
                        + "-movflags +faststart file:download.mp4");
        assertThat(text(new DownloadCommand(false).toCommand(GUARD))).doesNotContain("audio");
    }

    @Test
    void a_remux_keeps_chosen_streams_as_they_are() {
        assertThat(text(new RemuxCommand(List.of(3, 1)).toCommand(GUARD)))
                .isEqualTo(
                        FFMPEG + "-copyts -fflags +genpts " + GUARDED + "-i file:../in/source -map 0:3 -map 0:1 "
                                + "-map_metadata -1 -map_chapters -1 -c copy -avoid_negative_ts make_non_negative -f matroska file:remux.mkv");
    }

    @Test
    void a_check_decodes_everything_or_key_frames_only() {
        assertThat(text(new DecodeCheckCommand(InputName.VIDEO, false, 1).toCommand(GUARD)))
                .isEqualTo(FFMPEG + "-copyts " + GUARDED
                        + "-threads 1 -i file:../in/video -map 0:v? -map 0:a? -fps_mode passthrough -f null -");
        assertThat(text(new DecodeCheckCommand(InputName.VIDEO, true, 0).toCommand(GUARD)))
                .contains("-skip_frame nokey -i file:../in/video ");
    }

    @Test
    void a_probe_asks_for_header_and_streams_as_json() {
        FfmpegCommand command = new ProbeHeaderCommand(InputName.SOURCE).toCommand(GUARD);

        assertThat(command.program()).isEqualTo(Program.FFPROBE);
        assertThat(text(command))
                .isEqualTo(FFPROBE + GUARDED
                        + "-of json=compact=1 -show_format -show_streams -show_chapters -i file:../in/source");
    }

    @Test
    void a_packet_index_asks_for_one_line_per_packet() {
        assertThat(text(new PacketIndexCommand(InputName.SOURCE).toCommand(GUARD)))
                .isEqualTo(FFPROBE + GUARDED + "-of csv=print_section=0 -show_packets -show_entries "
                        + "packet=stream_index,pts_time,dts_time,duration_time,size,pos,flags -i file:../in/source");
    }

    @Test
    void only_plain_names_are_written() {
        Output output = new Output();
        for (String name : List.of("../x", "-i", "a:b.mp4", "a/b", "%03d.ts", "", "A.mp4", "a\nb")) {
            assertThatThrownBy(() -> output.toFile(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_filters_value_cannot_end_the_filter() {
        assertThat(Filter.of("drawtext", "text", "a,b;[c]:d'e\\").text())
                .isEqualTo("drawtext=text=a\\,b\\;\\[c\\]\\:d\\'e\\\\");
    }

    private static String text(FfmpegCommand command) {
        return String.join(" ", command.arguments());
    }
}
