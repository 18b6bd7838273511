package millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.model.ladder.Ladder;
import org.millrace.model.ladder.Preset;
import org.millrace.model.ladder.Rung;

/** The commands that the product is compared with, word by word where it matters. */
class CommandsTest {

    private static final Path SOURCE = Path.of("/clip.mp4");
    private static final Path FOLDER = Path.of("/made");

    @Test
    void the_references_make_the_ladder_that_the_product_makes() {
        List<Rung> rungs = Ladder.rungs(1920, 1080, 30, Preset.BALANCED);
        assertThat(Commands.LADDER)
                .extracting(Commands.Size::width)
                .isEqualTo(rungs.stream().map(Rung::width).toList());
        assertThat(Commands.LADDER)
                .extracting(Commands.Size::height)
                .isEqualTo(rungs.stream().map(Rung::height).toList());
        assertThat(Commands.LADDER)
                .extracting(Commands.Size::cap)
                .isEqualTo(rungs.stream().map(Rung::maxrateKbit).toList());
        List<String> words = Commands.encodeOnly(SOURCE, Commands.LADDER.getFirst(), FOLDER);
        assertThat(words)
                .containsSubsequence(
                        "-preset", Preset.BALANCED.speed(), "-crf", "" + Preset.BALANCED.crf(), "-g", "60");
    }

    @Test
    void the_bare_commands_decode_once_and_differ_only_in_how_they_scale() {
        List<String> split = Commands.split(SOURCE, FOLDER);
        List<String> cascade = Commands.cascade(SOURCE, FOLDER);
        assertThat(split).hasSameSizeAs(cascade);
        assertThat(Collections.frequency(cascade, "-i")).isEqualTo(1);
        assertThat(Collections.frequency(cascade, "libx264")).isEqualTo(5);
        assertThat(graph(split)).startsWith("[0:v]split=5[a0][a1][a2][a3][a4];[a0]scale=1920:1080,setsar=1[v0];");
        assertThat(graph(cascade))
                .isEqualTo("[0:v]null,split=2[v0][t1];[t1]scale=1280:720,setsar=1,split=2[v1][t2];"
                        + "[t2]scale=854:480,setsar=1,split=2[v2][t3];[t3]scale=640:360,setsar=1,split=2[v3][t4];"
                        + "[t4]scale=426:240,setsar=1[v4]");
    }

    @Test
    void a_chunk_seeks_before_its_first_frame_and_is_cut_by_numbers_of_frames() {
        List<String> later = Commands.chunk(SOURCE, 600, 1200, 1, FOLDER);
        assertThat(later)
                .containsSubsequence("-copyts", "-seek_timestamp", "1", "-noaccurate_seek", "-ss", "19.500000");
        assertThat(later).containsSubsequence("-fragment_index", "11", "/made/1080-600.mp4");
        assertThat(graph(later)).startsWith("[0:v]fps=30:round=near,trim=start_pts=600:end_pts=1200,split=2");
        List<String> whole = Commands.chunk(SOURCE, 0, -1, 2, FOLDER);
        assertThat(whole).doesNotContain("-ss").containsSubsequence("-threads", "2", "-i");
        assertThat(graph(whole)).startsWith("[0:v]fps=30:round=near:start_time=0,trim=start_pts=0,split=2");
    }

    @Test
    void peertube_runs_one_thread_a_size_from_the_largest_that_it_made() {
        List<List<String>> commands = Commands.peerTube(SOURCE, FOLDER);
        assertThat(commands).hasSize(5);
        assertThat(commands.getFirst()).containsSubsequence("-i", "/clip.mp4", "-threads", "1");
        assertThat(commands.subList(1, 5))
                .allSatisfy(command -> assertThat(command)
                        .containsSubsequence("-i", "/made/peertube-1080.m3u8")
                        .containsSubsequence("-preset", "veryfast", "-maxrate:v")
                        .containsSubsequence("-b_strategy", "1", "-bf", "16")
                        .containsSubsequence("-hls_flags", "single_file"));
        assertThat(commands.getLast())
                .containsSubsequence("-vf", "scale=w=-2:h=240", "-maxrate:v", "522k", "-bufsize:v", "1044k");
    }

    @Test
    void mediacms_encodes_each_size_from_the_source_and_packages_it() {
        List<List<String>> commands = Commands.mediaCms(SOURCE, FOLDER);
        assertThat(commands).hasSize(10);
        assertThat(commands.get(0))
                .containsSubsequence("-i", "/clip.mp4", "-c:v", "libx264")
                .containsSubsequence("-crf", "23", "-maxrate", "6750k", "-bufsize", "6750k")
                .containsSubsequence("-x264-params", "keyint=240:keyint_min=120", "-preset", "medium");
        assertThat(commands.get(1)).containsSubsequence("-i", "/made/mediacms-1080.mp4", "-c", "copy", "-f", "hls");
    }

    @Test
    void sources_are_made_to_the_length_with_a_key_frame_distance_of_their_own() {
        List<String> words = Sources.generate(1920, 1080, 12, 250, "10M", FOLDER);
        assertThat(Collections.frequency(words, "-i")).isEqualTo(9);
        assertThat(words).containsSubsequence("-t", "12").containsSubsequence("-g", "250", "-keyint_min", "250");
        assertThat(graph(words)).contains("concat=n=6:v=1", "trim=duration=2.0000");
    }

    private static String graph(List<String> command) {
        return command.get(command.indexOf("-filter_complex") + 1);
    }
}
