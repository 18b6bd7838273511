package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandArgumentsTest {

    static final String FITTED_720 = fitted(1280, 720, "1.73922", "1.81719");

    /** The filters that scale a picture of high definition colours into a box, with the shapes that fill it. */
    static String fitted(int width, int height, String narrowest, String widest) {
        String shape = "st(0\\,a*if(between(sar\\,0.125\\,8)\\,sar\\,1))";
        return "scale=w=if(lt(" + shape + "\\," + narrowest + ")\\,max(2\\,2*round(ld(0)*" + height + "/2))\\," + width
                + "):h=if(gt(" + shape + "\\," + widest + ")\\,max(2\\,2*round(" + width + "/ld(0)/2))\\," + height
                + "):eval=frame:flags=bicubic:in_color_matrix=bt709:out_color_matrix=bt709:in_range=tv:out_range=tv,"
                + "format=yuv420p,pad=w=" + width + ":h=" + height + ":x=-1:y=-1:eval=frame,";
    }

    private static final InputGuard GUARD = new InputGuard(1000, 2000, Duration.ofSeconds(3));
    private static final String FFMPEG = "-nostdin -hide_banner -loglevel level+warning -nostats -stats_period 0.25 "
            + "-max_alloc 1073741824 -y -progress pipe:1 ";
    private static final String STREAMING = FFMPEG.replace("pipe:1", "pipe:2");
    private static final String FFPROBE = "-hide_banner -loglevel level+warning -max_alloc 1073741824 ";
    private static final String GUARDED = "-protocol_whitelist file -format_whitelist " + InputGuard.FORMATS
            + " -max_pixels 1000 -probesize 2000 -analyzeduration 3000000 ";

    @Test
    void audio_is_streamed_in_two_second_fragments() {
        SourceSound sound = new SourceSound(1, Duration.ofMillis(1400), 2, 2);
        assertThat(text(new EncodeAudioCommand(sound, Duration.ofSeconds(60), 128, 0, false).toCommand(GUARD)))
                .isEqualTo(STREAMING + "-copyts " + GUARDED
                        + "-i file:../in/source -map 0:1 -vn -sn -dn -map_metadata -1 -map_chapters -1 "
                        + "-af asetpts=PTS-(1.400000)/TB,aresample=48000:async=1:first_pts=0,"
                        + "aformat=sample_fmts=fltp:channel_layouts=stereo,atrim=end=60.000000 -c:a aac -b:a 128k "
                        + "-avoid_negative_ts disabled -f mp4 -frag_duration 2000000 -flush_packets 1 "
                        + "-movflags +delay_moov+default_base_moof pipe:1");
    }

    @Test
    void what_is_made_louder_or_mixed_down_is_kept_from_clipping() {
        SourceSound stereo = new SourceSound(1, Duration.ZERO, 2, 2);
        SourceSound surround = new SourceSound(1, Duration.ZERO, 6, 2);
        String limiter = ",alimiter=limit=0.97:level=disabled:latency=1 ";

        assertThat(audio(stereo, 3.5)).contains(",volume=3.50dB" + limiter);
        assertThat(audio(stereo, -3.5)).contains(",volume=-3.50dB -c:a").doesNotContain("alimiter");
        assertThat(audio(surround, 0)).contains("atrim=end=1.000000" + limiter);
    }

    @Test
    void of_more_channels_than_have_places_the_first_two_are_taken() {
        assertThat(audio(new SourceSound(1, Duration.ZERO, 16, 2), 0))
                .contains("pan=stereo|c0=c0|c1=c1,aresample=48000")
                .doesNotContain("alimiter");
    }

    @Test
    void loudness_is_measured_as_it_will_be_heard() {
        SourceSound mono = new SourceSound(2, Duration.ZERO, 1, 1);
        assertThat(text(new MeasureLoudnessCommand(mono).toCommand(GUARD)))
                .contains("-loglevel level+info -copyts ")
                .contains("channel_layouts=mono,ebur128=peak=true:framelog=verbose:dualmono=true -f null -");
        assertThat(MeasureLoudnessCommand.read(List.of(
                        "[x] [info] Summary:",
                        "",
                        "  Integrated loudness:",
                        "    I:         -12.3 LUFS",
                        "    Threshold: -22.3 LUFS",
                        "  True peak:",
                        "    Peak:       -4.7 dBFS")))
                .isEqualTo(new MeasureLoudnessCommand.Measured(-12.3, -4.7));
        assertThat(MeasureLoudnessCommand.read(
                        List.of("[x] [info] Summary:", "    I:         -70.0 LUFS", "    Peak:       -inf dBFS")))
                .isEqualTo(new MeasureLoudnessCommand.Measured(null, null));
        assertThat(MeasureLoudnessCommand.read(List.of("[error] no sound"))).isNull();
    }

    @Test
    void a_poster_is_chosen_among_key_frames_and_made_to_fit() {
        SourcePicture picture = new SourcePicture(0, Duration.ofSeconds(1), false, SourceColour.BT709, false);

        assertThat(text(new PosterCommand(picture, Duration.ofSeconds(2), 3840, 2160, PosterCommand.Choice.TYPICAL)
                        .toCommand(GUARD)))
                .isEqualTo(FFMPEG + "-copyts " + GUARDED
                        + "-threads 1 -skip_frame nokey -seek_timestamp 1 -noaccurate_seek -ss 3.000000 "
                        + "-i file:../in/source -map 0:0 -an -sn -dn -map_metadata -1 -map_chapters -1 "
                        + "-vf " + FITTED_720 + "format=yuv420p,setsar=1,"
                        + "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,thumbnail=5,"
                        + "scale=in_range=tv:in_color_matrix=bt709:out_range=pc:out_color_matrix=bt601,format=yuvj420p "
                        + "-frames:v 1 -fps_mode passthrough -c:v mjpeg -q:v 3 -f image2 -update 1 file:poster.jpg");
    }

    @Test
    void a_poster_is_never_enlarged_and_its_longer_side_is_bounded() {
        SourcePicture picture = new SourcePicture(0, Duration.ZERO, false, SourceColour.BT709, false);
        PosterCommand upright = new PosterCommand(picture, Duration.ZERO, 1080, 1920, PosterCommand.Choice.TYPICAL);
        PosterCommand tiny = new PosterCommand(picture, Duration.ZERO, 31, 1, PosterCommand.Choice.ANY);

        assertThat(upright.width()).isEqualTo(720);
        assertThat(upright.height()).isEqualTo(1280);
        assertThat(tiny.width()).isEqualTo(32);
        assertThat(tiny.height()).isEqualTo(2);
    }

    @Test
    void a_download_copies_both_tracks_with_their_timestamps() {
        assertThat(text(new DownloadCommand(true, true).toCommand(GUARD)))
                .isEqualTo(FFMPEG + "-copyts " + GUARDED + "-i file:../in/video " + GUARDED
                        + "-i file:../in/audio -map 0:v -map 1:a -map_metadata -1 -c copy -f mp4 "
                        + "-movflags +faststart file:download.mp4");
        assertThat(text(new DownloadCommand(true, false).toCommand(GUARD))).doesNotContain("in/audio");
        assertThat(text(new DownloadCommand(false, true).toCommand(GUARD)))
                .contains("-map 0:a")
                .doesNotContain("in/video");
    }

    @Test
    void a_remux_keeps_one_picture_and_moves_its_times() {
        RemuxCommand whole = new RemuxCommand(3, Duration.ofMillis(1400), Optional.empty());
        assertThat(text(whole.toCommand(GUARD)))
                .isEqualTo(FFMPEG + "-copyts " + GUARDED
                        + "-err_detect ignore_err -fflags +genpts+discardcorrupt -i file:../in/source -map 0:3 "
                        + "-map_metadata -1 -map_chapters -1 -c copy -output_ts_offset 8.600000 "
                        + "-avoid_negative_ts disabled -f matroska file:remux.mkv");
        assertThat(text(new RemuxCommand(3, Duration.ofSeconds(-1), Optional.of(Duration.ofSeconds(30)))
                        .toCommand(GUARD)))
                .contains("-t 30.000000 -i file:../in/source ", "-output_ts_offset 11.000000 ");
    }

    @Test
    void a_check_decodes_everything_or_key_frames_only() {
        MadeCheckCommand check = new MadeCheckCommand(
                List.of(new MadeCheckCommand.Made("large.mp4", true), new MadeCheckCommand.Made("small.mp4", false)),
                1);
        assertThat(text(check.toCommand(GUARD)))
                .isEqualTo(STREAMING + "-copyts " + GUARDED + "-threads 1 -skip_frame nokey -i file:large.mp4 "
                        + GUARDED + "-threads 1 -i file:small.mp4 -map 0:0 -map 1:0 -fps_mode passthrough "
                        + "-c:v wrapped_avframe -f framecrc pipe:1");
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

    private static String audio(SourceSound sound, double gainDb) {
        return text(new EncodeAudioCommand(sound, Duration.ofSeconds(1), 128, gainDb, false).toCommand(GUARD));
    }

    private static String text(FfmpegCommand command) {
        return String.join(" ", command.arguments());
    }
}
