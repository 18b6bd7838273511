package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.millrace.worker.ffmpeg.EncodeChunkCommand.Destination;

class EncodeChunkCommandTest {

    private static final String FITTED_240 = CommandArgumentsTest.fitted(426, 240, "1.72915", "1.82206");

    private static final InputGuard GUARD = new InputGuard(1000, 2000, Duration.ofSeconds(3));
    private static final RungSpec P720 = new RungSpec(1280, 720, 23, 2800, 5600, 31);
    private static final RungSpec P480 = new RungSpec(854, 480, 23, 1400, 2800, 31);
    private static final RungSpec P240 = new RungSpec(426, 240, 23, 400, 800, 21);
    private static final SourcePicture PLAIN = new SourcePicture(0, Duration.ZERO, false, SourceColour.BT709, false);

    private static final GridSpan MIDDLE = new GridSpan(30, 1, 60, 300, 0, OptionalLong.of(600));

    @Test
    void a_chunk_in_the_middle_makes_the_whole_ladder_in_one_command() {
        FfmpegCommand command = new EncodeChunkCommand(
                        PLAIN,
                        new GridSpan(30, 1, 60, 300, 0, OptionalLong.of(600)),
                        Optional.of(Duration.ofMillis(9500)),
                        List.of(P720, P480, P240),
                        "veryfast",
                        1,
                        ChunkReading.PLAIN,
                        Destination.FILES,
                        60)
                .toCommand(GUARD);

        assertThat(command.program()).isEqualTo(Program.FFMPEG);
        assertThat(String.join(" ", command.arguments()))
                .isEqualTo("-nostdin -hide_banner -loglevel level+warning -nostats "
                        + "-stats_period 0.25 -max_alloc 1073741824 -y -progress pipe:1 -copyts "
                        + "-protocol_whitelist file -format_whitelist " + InputGuard.FORMATS
                        + " -max_pixels 1000 -probesize 2000 -analyzeduration 3000000 -threads 1 "
                        + "-reinit_filter 0 -seek_timestamp 1 -noaccurate_seek -ss 9.500000 -i file:../in/source "
                        + "-filter_complex [0:0]setpts=PTS-(0.000000)/TB,fps=30/1:round=near,"
                        + "trim=start_pts=300:end_pts=601,split=2[main][probe];"
                        + "[probe]select=eq(pts\\,300)+eq(pts\\,600),scale=32:18:flags=area,format=gray[seam];"
                        + "[main]trim=start_pts=300:end_pts=600," + CommandArgumentsTest.FITTED_720
                        + "format=yuv420p,setsar=1,"
                        + "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,"
                        + "split=2[v1280x720][t1];"
                        + "[t1]scale=854:480:flags=bicubic,setsar=1,split=2[v854x480][t2];"
                        + "[t2]scale=426:240:flags=bicubic,setsar=1[v426x240] "
                        + rung("1280x720", "2800k", "5600k", "3.1")
                        + " "
                        + rung("854x480", "1400k", "2800k", "3.1")
                        + " "
                        + rung("426x240", "400k", "800k", "2.1")
                        + " -map [seam] -fps_mode passthrough -f rawvideo -pix_fmt gray file:seam.gray");
    }

    @Test
    void the_first_chunk_reads_from_the_start_and_fills_the_front() {
        List<String> arguments = chunk(0, OptionalLong.of(240), Optional.empty(), PLAIN);

        assertThat(arguments).doesNotContain("-ss", "-seek_timestamp");
        assertThat(graph(arguments)).contains("fps=30/1:round=near:start_time=0,trim=start_pts=0:end_pts=241,split=2");
        assertThat(after(arguments, "-fragment_index")).isEqualTo("1");
    }

    @Test
    void the_last_chunk_goes_to_the_end_of_the_source() {
        List<String> arguments = chunk(900, OptionalLong.empty(), Optional.of(Duration.ofMillis(29_500)), PLAIN);

        assertThat(graph(arguments))
                .contains("trim=start_pts=900,", "select=eq(pts\\,900),")
                .doesNotContain("end_pts");
        assertThat(after(arguments, "-fragment_index")).isEqualTo("16");
    }

    @Test
    void the_last_picture_is_held_where_the_sound_goes_on() {
        List<String> arguments = new EncodeChunkCommand(
                        PLAIN,
                        new GridSpan(30, 1, 60, 0, 240, OptionalLong.empty()),
                        Optional.empty(),
                        List.of(P240),
                        "veryfast",
                        0,
                        ChunkReading.PLAIN,
                        Destination.FILES,
                        60)
                .toCommand(GUARD)
                .arguments();

        assertThat(graph(arguments)).contains("start_time=0,tpad=stop_mode=clone:stop=240,trim=start_pts=0,");
    }

    @Test
    void an_ntsc_grid_keeps_its_fraction() {
        List<String> arguments = new EncodeChunkCommand(
                        PLAIN,
                        new GridSpan(30_000, 1001, 60, 0, 0, OptionalLong.empty()),
                        Optional.empty(),
                        List.of(P240),
                        "veryfast",
                        0,
                        ChunkReading.PLAIN,
                        Destination.FILES,
                        60)
                .toCommand(GUARD)
                .arguments();

        assertThat(graph(arguments)).contains("fps=30000/1001:");
        assertThat(after(arguments, "-enc_time_base")).isEqualTo("1001/30000");
        assertThat(arguments).doesNotContain("-threads");
        assertThat(after(arguments, "-video_track_timescale")).isEqualTo("90000");
    }

    @Test
    void every_frame_lasts_a_whole_number_of_ticks() {
        assertThat(timescale(25, 1)).isEqualTo(90_000);
        assertThat(timescale(24_000, 1001)).isEqualTo(24_000);
        assertThat(timescale(60_000, 1001)).isEqualTo(60_000);
        assertThat(timescale(2997, 125)).isEqualTo(4 * 2997);
        assertThat(timescale(7, 3)).isEqualTo(10_003);
    }

    @Test
    void the_files_own_start_is_taken_off_every_timestamp() {
        SourcePicture late = new SourcePicture(2, Duration.ofNanos(-1_400_000), false, SourceColour.BT709, false);

        assertThat(graph(chunk(0, OptionalLong.of(60), Optional.empty(), late)))
                .startsWith("[0:2]setpts=PTS-(-0.001400)/TB,fps=");
    }

    @Test
    void woven_fields_are_separated_before_the_grid() {
        SourcePicture woven = new SourcePicture(0, Duration.ZERO, true, SourceColour.BT601_PAL, false);

        assertThat(graph(chunk(0, OptionalLong.of(60), Optional.empty(), woven)))
                .contains("/TB,scale=w=iw:h=ih:interl=1:flags=bicubic,bwdif=mode=send_frame,fps=")
                .contains("setparams=range=tv:color_primaries=bt470bg:color_trc=smpte170m:colorspace=bt470bg");
    }

    @Test
    void high_dynamic_range_is_scaled_first_and_then_tone_mapped() {
        SourcePicture hdr = new SourcePicture(0, Duration.ZERO, false, SourceColour.PQ, false);

        assertThat(graph(chunk(0, OptionalLong.of(60), Optional.empty(), hdr)))
                .contains("in_color_matrix=bt2020:out_color_matrix=bt2020:in_range=tv:out_range=tv,format=yuv420p10le,"
                        + "pad=w=426:h=240:x=-1:y=-1:eval=frame,"
                        + "zscale=tin=smpte2084:pin=bt2020:min=bt2020nc:rin=tv:t=smpte2084:p=bt2020:m=gbr:r=pc,"
                        + "format=gbrpf32le,lut3d=file=tone.cube:interp=tetrahedral,"
                        + "zscale=tin=bt709:pin=bt709:min=gbr:rin=pc:t=bt709:p=bt709:m=bt709:r=tv,"
                        + "format=yuv420p,setsar=1,"
                        + "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709[v426x240]");
    }

    @Test
    void full_range_and_graphics_are_brought_to_limited_range() {
        SourcePicture full = new SourcePicture(0, Duration.ZERO, false, SourceColour.BT709, true);
        SourcePicture graphics = new SourcePicture(0, Duration.ZERO, false, SourceColour.RGB, true);

        assertThat(graph(chunk(0, OptionalLong.of(60), Optional.empty(), full)))
                .contains("out_color_matrix=bt709:in_range=pc:out_range=tv,");
        assertThat(graph(chunk(0, OptionalLong.of(60), Optional.empty(), graphics)))
                .contains("out_color_matrix=bt709:in_range=pc:out_range=tv,");
    }

    @Test
    void damage_is_tolerated_on_request() {
        List<String> arguments = new EncodeChunkCommand(
                        PLAIN,
                        new GridSpan(30, 1, 60, 0, 0, OptionalLong.empty()),
                        Optional.empty(),
                        List.of(P240),
                        "veryfast",
                        0,
                        ChunkReading.FILLED,
                        Destination.FILES,
                        60)
                .toCommand(GUARD)
                .arguments();

        assertThat(String.join(" ", arguments))
                .contains(" -err_detect ignore_err -fflags +genpts+discardcorrupt ")
                .contains("-map [times] -fps_mode passthrough -enc_time_base 1/90000 -f framecrc file:times.txt");
    }

    @Test
    void a_span_is_filled_on_request() {
        assertThat(graph(command(MIDDLE, ChunkReading.FILLED, Destination.FILES)))
                .isEqualTo("[0:0]setpts=PTS-(0.000000)/TB,trim=end=21.0,split=2[main][probe];"
                        + "[probe]scale=2:2:flags=neighbor,format=gray[times];"
                        + "[main]fps=30/1:round=near:start_time=10.0,tpad=stop_mode=clone:stop=-1,"
                        + "trim=start_pts=300:end_pts=600," + FITTED_240 + "format=yuv420p,setsar=1,"
                        + "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709[v426x240]");
    }

    @Test
    void a_black_span_reads_nothing_and_is_made_like_any_other() {
        List<String> black = command(MIDDLE, ChunkReading.BLACK, Destination.FILES);
        List<String> plain = command(MIDDLE, ChunkReading.PLAIN, Destination.FILES);

        assertThat(black).doesNotContain("-i");
        assertThat(graph(black))
                .startsWith("color=c=black:size=426x240:rate=30/1,trim=end_frame=300,setpts=PTS+300," + FITTED_240);
        assertThat(plain).containsSubsequence(black.subList(black.indexOf("-map"), black.size()));
    }

    @Test
    void a_single_rung_can_be_streamed_without_looking_at_its_seam() {
        List<String> arguments = command(MIDDLE, ChunkReading.PLAIN, Destination.STREAM);

        assertThat(graph(arguments)).contains("round=near,trim=start_pts=300:end_pts=600," + FITTED_240);
        assertThat(arguments)
                .endsWith("pipe:1")
                .containsSequence("-progress", "pipe:2")
                .doesNotContain("[seam]");
        assertThatThrownBy(() -> new EncodeChunkCommand(
                        PLAIN,
                        MIDDLE,
                        Optional.empty(),
                        List.of(P480, P240),
                        "veryfast",
                        0,
                        ChunkReading.PLAIN,
                        Destination.STREAM,
                        300))
                .hasMessageContaining("one rung");
    }

    @Test
    void a_chunk_that_cuts_a_gop_or_an_unknown_preset_is_refused() {
        assertThatThrownBy(() -> new GridSpan(30, 1, 60, 30, 0, OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GridSpan(30, 1, 60, 60, 0, OptionalLong.of(60)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EncodeChunkCommand(
                        PLAIN,
                        new GridSpan(30, 1, 60, 0, 0, OptionalLong.empty()),
                        Optional.empty(),
                        List.of(P240),
                        "-i",
                        0,
                        ChunkReading.PLAIN,
                        Destination.FILES,
                        60))
                .hasMessageContaining("preset");
        assertThatThrownBy(() -> new RungSpec(427, 240, 23, 400, 800, 21)).hasMessageContaining("even");
    }

    private static String rung(String size, String maxrate, String bufsize, String level) {
        return "-map [v" + size + "] -an -sn -dn -map_metadata -1 -map_chapters -1 -fps_mode passthrough "
                + "-enc_time_base 1/30 -c:v libx264 -preset veryfast -crf 23 -maxrate " + maxrate + " -bufsize "
                + bufsize + " -g 60 -keyint_min 60 -sc_threshold 0 -flags +cgop -pix_fmt yuv420p "
                + "-profile:v high -level " + level + " -threads 1 "
                + "-avoid_negative_ts disabled -fragment_index 6 -f mp4 -video_track_timescale 90000 "
                + "-flush_packets 1 -movflags +frag_keyframe+delay_moov+default_base_moof+frag_discont "
                + "file:v" + size + ".mp4";
    }

    private static List<String> chunk(long first, OptionalLong end, Optional<Duration> seek, SourcePicture picture) {
        return new EncodeChunkCommand(
                        picture,
                        new GridSpan(30, 1, 60, first, 0, end),
                        seek,
                        List.of(P240),
                        "veryfast",
                        0,
                        ChunkReading.PLAIN,
                        Destination.FILES,
                        60)
                .toCommand(GUARD)
                .arguments();
    }

    private static List<String> command(GridSpan span, ChunkReading reading, Destination destination) {
        Optional<Duration> seek = Optional.of(Duration.ofSeconds(9));
        return new EncodeChunkCommand(PLAIN, span, seek, List.of(P240), "veryfast", 0, reading, destination, 300)
                .toCommand(GUARD)
                .arguments();
    }

    private static int timescale(int numerator, int denominator) {
        return new GridSpan(numerator, denominator, 60, 0, 0, OptionalLong.empty()).timescale();
    }

    private static String graph(List<String> arguments) {
        return after(arguments, "-filter_complex");
    }

    private static String after(List<String> arguments, String option) {
        return arguments.get(arguments.indexOf(option) + 1);
    }
}
