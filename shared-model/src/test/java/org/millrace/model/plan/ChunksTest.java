package org.millrace.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.testing.SampleSource;

class ChunksTest {

    private static final Rational THIRTY = new Rational(30, 1);

    private static List<Span> chunks(double seconds, double keyEvery) {
        TrackIndex packets = SampleSource.empty()
                .withPicture(SampleSource.picture(0, "hevc", 640, 360), seconds, keyEvery)
                .packets()
                .getFirst();
        return Chunks.of(Grid.of(THIRTY, seconds), packets, 0);
    }

    private static List<Double> lengths(List<Span> spans) {
        return spans.stream().map(span -> span.frames() / 30.0).toList();
    }

    @Test
    void chunks_grow_from_four_seconds_to_twenty_four() {
        assertThat(lengths(chunks(100, 2))).containsExactly(4.0, 8.0, 16.0, 24.0, 24.0, 24.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.04, 1, 2, 3.5, 5, 6, 12.3, 28, 29, 61.7, 599.97, 7201.5})
    void chunks_cover_the_grid_without_a_gap_and_none_but_the_only_one_is_shorter_than_a_gop(double seconds) {
        Grid grid = Grid.of(THIRTY, seconds);
        List<Span> spans = chunks(seconds, 2);
        long next = 0;
        for (Span span : spans) {
            assertThat(span.from()).isEqualTo(next);
            assertThat(span.last()).isEqualTo(span.equals(spans.getLast()));
            assertThat(span.frames() >= grid.gopFrames() || spans.size() == 1).isTrue();
            next = span.to();
        }
        assertThat(next).isEqualTo(grid.frames());
    }

    @Test
    void boundaries_move_to_where_a_key_frame_is_near() {
        assertThat(chunks(300, 25 / 3.0).subList(3, 8)).allSatisfy(span -> {
            double begins = span.from() / 30.0;
            double key = Math.floor(begins / (25 / 3.0) + 1e-6) * 25 / 3.0;
            assertThat(begins - key).isLessThan(4.5);
        });
    }

    @Test
    void rare_key_frames_make_long_chunks() {
        assertThat(lengths(chunks(600, 20)).subList(3, 5)).allMatch(length -> length >= 50);
    }
}
