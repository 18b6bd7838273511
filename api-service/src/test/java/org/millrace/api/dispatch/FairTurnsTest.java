package org.millrace.api.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FairTurnsTest {

    @Test
    void owners_get_turns_whatever_the_length_of_their_lists() {
        List<String> many = List.of("a1", "a2", "a3", "a4");
        assertThat(FairTurns.deal(List.of(many, List.of("b1"), List.of("c1", "c2")), 5))
                .containsExactly("a1", "b1", "c1", "a2", "c2");
    }

    @Test
    void the_fast_lane_keeps_its_line_short_for_those_who_wait_for_a_first_picture() {
        Window window = new Window(16, 3);
        assertThat(window.room(2, 4)).isEqualTo(12);
        assertThat(window.patientRoom(2, 0)).isEqualTo(2);
        assertThat(window.patientRoom(2, 2)).isZero();
        assertThat(window.patientRoom(0, 0)).isEqualTo(1);
    }
}
