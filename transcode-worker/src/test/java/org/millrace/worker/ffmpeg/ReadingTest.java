package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What ffmpeg and ffprobe say, put into values. */
class ReadingTest {

    private static final Limits LIMITS =
            new Limits(1 << 20, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));

    @Test
    void lines_of_progress_make_one_tick_per_block() {
        ProgressParser parser = new ProgressParser();
        List<ProgressTick> ticks = new ArrayList<>();
        ("frame=12\nfps=0.0\nstream_0_0_q=0.0\nbitrate=N/A\ntotal_size=48\nout_time_us=400000\nspeed= 0.8x\n"
                        + "progress=continue\nnoise\nframe=30\nout_time_us=N/A\ntotal_size=N/A\nspeed=N/A\nprogress=end\n")
                .lines()
                .map(parser::line)
                .flatMap(Optional::stream)
                .forEach(ticks::add);

        assertThat(ticks)
                .containsExactly(new ProgressTick(12, 0.4, 0.8, 48, false), new ProgressTick(30, 0.4, 0, 48, true));
        assertThat(ticks.get(1).isBeyond(ticks.get(0))).isTrue();
        assertThat(ticks.get(1).isBeyond(ticks.get(1))).isFalse();
    }

    @Test
    void a_probe_is_read_with_all_its_gaps() throws Exception {
        Probe probe = ProbeJson.parse("""
                {"streams":[
                 {"index":0,"codec_name":"hevc","codec_type":"video","codec_tag_string":"hvc1","width":1920,
                  "height":1080,"pix_fmt":"yuv420p10le","color_transfer":"smpte2084","r_frame_rate":"30000/1001",
                  "avg_frame_rate":"0/0","sample_aspect_ratio":"0:1","start_time":"0.021000","nb_frames":"17",
                  "disposition":{"default":1,"attached_pic":0},"tags":{"Language":"und"},
                  "side_data_list":[{"side_data_type":"Display Matrix","rotation":-90},
                                    {"side_data_type":"DOVI configuration record","dv_profile":8}]},
                 {"index":1,"codec_type":"video","codec_name":"mjpeg","disposition":{"attached_pic":1}},
                 {"index":2,"codec_type":"audio","codec_tag_string":"enca","sample_rate":"48000","channels":6,
                  "duration":"N/A"},
                 {"index":3}],
                 "chapters":[{"start_time":"0.0","end_time":"1.5","tags":{"title":"One"}}],
                 "format":{"format_name":"mov,mp4","start_time":"-0.021","duration":"12.5","size":"1000",
                  "probe_score":100}}
                """, List.of());

        assertThat(probe.format())
                .extracting(ProbeFormat::start, ProbeFormat::duration, ProbeFormat::size, ProbeFormat::bitRate)
                .containsExactly(Duration.ofMillis(-21), Duration.ofMillis(12_500), 1000L, null);
        ProbeStream video = probe.streams().getFirst();
        assertThat(video.rotation()).isEqualTo(-90);
        assertThat(video.dolbyVisionProfile()).isEqualTo(8);
        assertThat(video.isPicture()).isTrue();
        assertThat(video.rate()).isEqualTo(new Ratio(30_000, 1001));
        assertThat(video.averageRate()).isNull();
        assertThat(video.sampleAspect()).isNull();
        assertThat(video.tags()).containsEntry("language", "und");
        assertThat(probe.streams().get(1).isPicture()).isFalse();
        assertThat(probe.streams().get(2).isEncrypted()).isTrue();
        assertThat(probe.isEncrypted()).isTrue();
        assertThat(probe.streams().get(2).duration()).isNull();
        assertThat(probe.streams().get(3).type()).isEqualTo("unknown");
        assertThat(probe.chapters()).containsExactly(new ProbeChapter(Duration.ZERO, Duration.ofMillis(1500), "One"));
    }

    @Test
    void a_packet_line_is_read_with_all_its_gaps() {
        assertThat(IndexedPacket.parse("0,0.066733,0.000000,0.033367,1234,48,K_"))
                .isEqualTo(new IndexedPacket(
                        0,
                        Duration.ofNanos(66_733_000),
                        Duration.ZERO,
                        Duration.ofNanos(33_367_000),
                        1234,
                        48,
                        true,
                        false));
        assertThat(IndexedPacket.parse("1,N/A,0.000000,N/A,77,N/A,_D,,"))
                .isEqualTo(new IndexedPacket(1, null, Duration.ZERO, null, 77, -1, false, true));
        assertThat(IndexedPacket.parse("")).isNull();
        assertThat(IndexedPacket.parse("a,b,c,d,e,f,g")).isNull();
    }

    @Test
    void the_end_of_a_run_is_explained_by_its_traces() {
        assertThat(diagnose(0, "[error] File too large", Duration.ZERO, false)).isEqualTo(EndReason.EXITED);
        assertThat(diagnose(1, "[error] odd", Duration.ZERO, false)).isEqualTo(EndReason.EXITED);
        assertThat(diagnose(153, "", Duration.ZERO, false)).isEqualTo(EndReason.FILE_LIMIT);
        assertThat(diagnose(1, "[error] x: File too large", Duration.ZERO, false))
                .isEqualTo(EndReason.FILE_LIMIT);
        assertThat(diagnose(1, "[error] No space left on device", Duration.ZERO, false))
                .isEqualTo(EndReason.NO_SPACE);
        assertThat(diagnose(137, "", Duration.ofSeconds(10), false)).isEqualTo(EndReason.CPU_LIMIT);
        assertThat(diagnose(152, "", Duration.ZERO, false)).isEqualTo(EndReason.CPU_LIMIT);
        assertThat(diagnose(137, "", Duration.ofSeconds(2), true)).isEqualTo(EndReason.OUT_OF_MEMORY);
        assertThat(diagnose(137, "", Duration.ofSeconds(2), false)).isEqualTo(EndReason.KILLED_BY_SIGNAL);
        assertThat(diagnose(1, "[error] Cannot allocate memory", Duration.ZERO, false))
                .isEqualTo(EndReason.OUT_OF_MEMORY);
        assertThat(diagnose(139, "", Duration.ZERO, false)).isEqualTo(EndReason.KILLED_BY_SIGNAL);
    }

    @Test
    void an_endless_line_is_cut_and_the_next_one_is_whole() throws Exception {
        String text = "x".repeat(3 << 20) + "\nnext\r\nlast";
        List<String> lines = new ArrayList<>();
        BoundedLines.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lines::add);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).hasSize(1 << 20);
        assertThat(lines.subList(1, 3)).containsExactly("next", "last");
    }

    @Test
    void times_are_written_with_six_digits_and_read_back() {
        assertThat(Seconds.text(Duration.ofMillis(9500))).isEqualTo("9.500000");
        assertThat(Seconds.text(Duration.ofNanos(-1_500))).isEqualTo("-0.000002");
        assertThat(Seconds.parse("9.500000")).isEqualTo(Duration.ofMillis(9500));
        assertThat(Seconds.parse("N/A")).isNull();
        assertThat(Seconds.parse(null)).isNull();
    }

    @Test
    void limits_of_nothing_are_refused() {
        assertThat(LIMITS.withOutputBytes(0).outputBytes()).isZero();
        assertThatThrownBy(() -> LIMITS.withWall(Duration.ZERO)).hasMessageContaining("wall");
        assertThatThrownBy(() -> LIMITS.withStall(Duration.ofSeconds(-1))).hasMessageContaining("stall");
    }

    @Test
    void limits_follow_the_length_of_the_media() {
        FfmpegConfig config = FfmpegKit.config(Map.of("wall-time-factor", "10", "max-memory", "2G"));
        Limits work = Limits.forMedia(config, Duration.ofSeconds(24), 1000);
        Limits probe = Limits.forProbe(config);

        assertThat(work.wall()).isEqualTo(Duration.ofSeconds(260));
        assertThat(work.cpu()).isGreaterThanOrEqualTo(work.wall());
        assertThat(work.memoryBytes()).isEqualTo(2L << 30);
        assertThat(work.stall()).isEqualTo(Duration.ofSeconds(60));
        assertThat(probe.wall()).isEqualTo(Duration.ofSeconds(20));
        assertThat(probe.outputBytes()).isZero();
    }

    private static EndReason diagnose(int exitCode, String words, Duration cpu, boolean kernelKilled) {
        StderrTail log = new StderrTail();
        log.add(words);
        return Diagnosis.of(exitCode, log, cpu, LIMITS, kernelKilled);
    }
}
