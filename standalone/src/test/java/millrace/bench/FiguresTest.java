package millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import millrace.product.Json;
import org.junit.jupiter.api.Test;

/** What the bench makes of what it has measured. */
class FiguresTest {

    @Test
    void the_median_is_the_middle_or_between_the_two_in_the_middle() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
        assertThatThrownBy(() -> Statistics.median(List.of())).hasMessage("nothing was measured");
    }

    @Test
    void neighbours_are_compared_so_that_a_slow_minute_disturbs_both() {
        assertThat(Statistics.ratio(List.of(10.0, 100.0, 12.0), List.of(10.0, 100.0, 10.0)))
                .isEqualTo(1.0);
        assertThatThrownBy(() -> Statistics.ratio(List.of(1.0), List.of(1.0, 2.0)))
                .hasMessage("1 values cannot be compared with 2");
        assertThatThrownBy(() -> Statistics.ratio(List.of(1.0), List.of(0.0))).hasMessage("a reference of 0.0 is none");
    }

    @Test
    void the_spread_is_a_share_of_the_median() {
        assertThat(Statistics.spread(List.of(8.0, 10.0, 13.0))).isCloseTo(0.5, within(1e-9));
        assertThat(Statistics.spread(List.of(0.0, 0.0))).isZero();
    }

    @Test
    void a_goal_is_met_on_its_own_side_of_the_limit() {
        assertThat(Figure.of(Row.LADDER, 1.2, "").met()).isEqualTo("yes");
        assertThat(Figure.of(Row.LADDER, 1.21, "").met()).isEqualTo("NO");
        assertThat(Figure.of(Row.SERVING, 0.8, "").met()).isEqualTo("yes");
        assertThat(Figure.of(Row.SERVING, 0.79, "").met()).isEqualTo("NO");
        assertThat(Figure.of(Row.LADDER_SPLIT, 5, "").met()).isEmpty();
        assertThat(Figure.missing(Row.LADDER, "no ffmpeg").met()).isEqualTo("not measured");
    }

    @Test
    void the_table_shows_figure_goal_and_verdict_of_each_row() {
        String table = Table.markdown(List.of(
                Figure.of(Row.LADDER, 1.234, "20 s | noise"),
                Figure.of(Row.OVERHEAD, 0.0123, "5 pairs"),
                Figure.missing(Row.SERVING, "wrk is not installed")));
        List<List<String>> rows = table.lines()
                .map(line -> Arrays.stream(line.split("(?<!\\\\)\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        assertThat(rows.get(0)).containsExactly("", "row", "what", "reference", "figure", "goal", "met", "on");
        assertThat(rows.get(1)).hasSize(8).allMatch(cell -> cell.matches("-*"));
        assertThat(rows.get(2))
                .containsExactly(
                        "",
                        "ladder",
                        "CPU of the ladder",
                        "five encoders fed with raw pictures",
                        "1.234 ×",
                        "≤ 1.2 ×",
                        "NO",
                        "20 s \\| noise");
        assertThat(rows.get(3).subList(4, 7)).containsExactly("0.012 s", "≤ 0.02 s", "yes");
        assertThat(rows.get(4).subList(4, 8)).containsExactly("–", "≥ 0.8 ×", "not measured", "wrk is not installed");
    }

    @Test
    void the_json_is_read_back_with_the_same_figures() throws IOException {
        String json = Table.json(
                Map.of("processors", 2, "quick", true),
                List.of(Figure.of(Row.LADDER, 1.5, "a \"quoted\"\nnote"), Figure.missing(Row.HEAP, "none")));
        Map<?, ?> all = (Map<?, ?>) Json.parse(json);
        assertThat(all.get("machine")).isEqualTo(Map.of("processors", 2.0, "quick", true));
        List<?> rows = (List<?>) all.get("rows");
        Map<?, ?> ladder = (Map<?, ?>) rows.getFirst();
        assertThat(ladder.get("row")).isEqualTo("ladder");
        assertThat(ladder.get("value")).isEqualTo(1.5);
        assertThat(ladder.get("met")).isEqualTo(false);
        assertThat(ladder.get("note")).isEqualTo("a \"quoted\"\nnote");
        Map<?, ?> heap = (Map<?, ?>) rows.getLast();
        assertThat(heap.get("value")).isNull();
        assertThat(heap.get("met")).isNull();
    }

    @Test
    void every_row_has_a_name_of_its_own_and_can_be_asked_for() {
        assertThat(Arrays.stream(Row.values()).map(Row::id)).doesNotHaveDuplicates();
        for (Row row : Row.values()) {
            assertThat(Row.named(row.id())).isEqualTo(row);
        }
        assertThatThrownBy(() -> Row.named("speed")).hasMessageStartingWith("there is no row \"speed\", only [ladder,");
    }

    @Test
    void a_wish_is_everything_unless_it_names_rows() {
        assertThat(Bench.Wish.of("app.jar"))
                .isEqualTo(new Bench.Wish(Path.of("app.jar"), false, EnumSet.allOf(Row.class), null));
        assertThat(Bench.Wish.of("app.jar", "--quick", "--only", "ladder, heap", "--json", "out.json"))
                .isEqualTo(new Bench.Wish(
                        Path.of("app.jar"), true, EnumSet.of(Row.LADDER, Row.HEAP), Path.of("out.json")));
        assertThatThrownBy(() -> Bench.Wish.of("app.jar", "--only")).hasMessage("--only needs a value");
        assertThatThrownBy(() -> Bench.Wish.of("app.jar", "--fast")).hasMessage("bench does not know \"--fast\"");
    }

    @Test
    void every_row_is_measured_by_one_trial() {
        assertThat(Bench.trials().stream().flatMap(trial -> trial.rows().stream()))
                .containsExactlyInAnyOrder(Row.values());
    }

    @Test
    void processor_time_is_read_behind_a_name_that_may_hold_anything() {
        String stat = "77 (a (b) c 1 2) S 1 2 3 4 5 6 7 8 9 10 150 50 300 100 20 0";
        assertThat(Runs.seconds(stat, 0, 2)).isEqualTo(2.0);
        assertThat(Runs.seconds(stat, 2, 4)).isEqualTo(4.0);
        assertThat(Runs.seconds(stat, 0, 4)).isEqualTo(6.0);
    }

    @Test
    void attempts_are_told_apart_by_kind_and_those_that_run_are_left_out() throws IOException {
        List<Attempts.Attempt> attempts = Attempts.of(Json.parse("""
                [{"task":"assemble-360p","kind":"assemble","startedAt":"2026-01-01T00:00:05.030Z",
                  "endedAt":"2026-01-01T00:00:05.500Z","cpuSeconds":0.5},
                 {"task":"chunk-1","kind":"encode chunk","startedAt":"2026-01-01T00:00:02Z",
                  "endedAt":"2026-01-01T00:00:04.500Z","cpuSeconds":8},
                 {"task":"lead-0","kind":"encode chunk","startedAt":"2026-01-01T00:00:01Z",
                  "endedAt":"2026-01-01T00:00:01.500Z","cpuSeconds":1},
                 {"task":"assemble-audio-1","kind":"assemble","startedAt":"2026-01-01T00:00:04Z",
                  "endedAt":"2026-01-01T00:00:04.100Z","cpuSeconds":0.1},
                 {"task":"assemble-240p","kind":"assemble","startedAt":"2026-01-01T00:00:04.600Z",
                  "endedAt":"2026-01-01T00:00:05Z","cpuSeconds":null},
                 {"task":"storyboard","kind":"storyboard","startedAt":"2026-01-01T00:00:06Z",
                  "endedAt":null,"cpuSeconds":null}]"""));
        assertThat(attempts)
                .extracting(Attempts.Attempt::task)
                .doesNotContain("storyboard")
                .hasSize(5);
        assertThat(Attempts.cpu(attempts, Attempts::isLadder)).isEqualTo(9);
        assertThat(Attempts.cpu(attempts, Attempts.Attempt::isLead)).isEqualTo(1);
        assertThat(Attempts.wall(attempts, Attempts::isLadder)).isEqualTo(3.5);
        assertThat(Attempts.gaps(attempts)).containsExactly(0.03);
    }

    @Test
    void wrk_is_believed_only_if_it_was_served() throws IOException {
        assertThat(Serving.rate("  Latency 1ms\nRequests/sec:   2345.67\nTransfer/sec: 1GB\n"))
                .isEqualTo(2345.67);
        assertThatThrownBy(() -> Serving.rate("Non-2xx or 3xx responses: 12\nRequests/sec: 99\n"))
                .hasMessageStartingWith("wrk was not served");
        assertThatThrownBy(() -> Serving.rate("unable to connect")).isInstanceOf(IOException.class);
    }
}
