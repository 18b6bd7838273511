package org.millrace.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the long suite understands, and what it says at the end. */
class OptionsTest {

    @Test
    void without_options_every_fault_is_done_to_the_services_for_ten_minutes() {
        Options options = Options.of(List.of());
        assertThat(options.shapes()).containsExactly(Shape.SERVICES);
        assertThat(options.scenarios()).containsExactly(Scenario.MIXED);
        assertThat(options.time()).isEqualTo(Duration.ofMinutes(10));
        assertThat(options.seed()).isPositive();
    }

    @Test
    void shapes_and_scenarios_are_named_as_on_the_command_line() {
        Options options = Options.of(
                List.of("--shape", "all", "--scenario", "worker-kills,uploads", "--size", "5", "--seed", "9"));
        assertThat(options.shapes()).containsExactly(Shape.values());
        assertThat(options.scenarios()).containsExactly(Scenario.WORKER_KILLS, Scenario.UPLOADS);
        assertThat(options.size()).contains(5);
        assertThat(options.seed()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--shape cube", "--scenario rain", "--minutes 0", "--size -1", "--speed 5", "--seed"})
    void what_it_does_not_understand_is_refused_with_a_sentence(String arguments) {
        assertThatThrownBy(() -> Options.of(List.of(arguments.split(" "))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_verdict_complains_of_every_promise_that_was_not_kept() {
        assertThat(verdict(2, List.of(), 0, 3, 3).complaints()).isEmpty();
        assertThat(verdict(1, List.of("gone"), 0, 3, 3).complaints()).containsExactly("lost: gone");
        assertThat(verdict(2, List.of(), 1, 3, 3).complaints()).hasSize(1);
        assertThat(verdict(1, List.of(), 0, 3, 3).complaints()).containsExactly("the counts do not add up");
        assertThat(verdict(2, List.of(), 0, 3, 0).complaints()).hasSize(1);
        Report report = new Report(List.of(verdict(1, List.of("gone"), 0, 3, 3)));
        assertThat(report.isGood()).isFalse();
        assertThat(report.text()).contains("BROKEN worker-kills, services: lost: gone");
    }

    private static Verdict verdict(int playable, List<String> lost, long doubles, int interrupted, long takenOver) {
        List<String> none = List.of();
        return new Verdict(
                "worker-kills",
                "services",
                1,
                2,
                playable,
                0,
                lost,
                doubles,
                none,
                none,
                none,
                9,
                3,
                takenOver,
                interrupted,
                Map.of(),
                Map.of(),
                none,
                60);
    }
}
