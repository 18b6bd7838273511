package org.millrace.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.model.media.Reach;
import org.millrace.model.task.ByteWindow;
import org.millrace.model.task.Task;
import org.millrace.model.testing.SampleSource;

/** Which bytes chunks are told to read. A second of these sources takes 1,000 bytes of the picture's track. */
class WindowsTest {

    private static ByteWindow window(SampleSource source, String task) {
        return ((Task.EncodeChunk)
                        Planner.plan(source.request()).task(task).orElseThrow().task())
                .window();
    }

    @Test
    void the_first_chunk_reads_from_the_start_to_a_little_behind_its_end() {
        ByteWindow first = window(SampleSource.of(640, 360, 120), "chunk-0");

        assertThat(first).isEqualTo(new ByteWindow(2_000, 0, 5_000));
    }

    @Test
    void a_chunk_reads_from_the_key_frame_before_it() {
        ByteWindow second = window(SampleSource.of(640, 360, 120), "chunk-1");

        assertThat(second).isEqualTo(new ByteWindow(2_000, 4_000, 13_000));
    }

    @Test
    void the_last_chunk_reads_to_the_end_of_the_file() {
        Plan plan = Planner.plan(SampleSource.of(640, 360, 120).request());
        Task.EncodeChunk last = plan.tasks().stream()
                .map(PlannedTask::task)
                .filter(Task.EncodeChunk.class::isInstance)
                .map(Task.EncodeChunk.class::cast)
                .filter(chunk -> chunk.span().last())
                .findFirst()
                .orElseThrow();

        assertThat(last.window().to())
                .isEqualTo(SampleSource.of(640, 360, 120).facts().sizeBytes());
    }

    @Test
    void leads_read_no_more_than_they_make() {
        SampleSource source = SampleSource.of(1920, 1080, 3600).sampled(20);

        assertThat(window(source, "lead-0").to()).isLessThanOrEqualTo(5_000);
    }

    @Test
    void a_container_without_an_index_and_a_source_in_one_piece_are_read_whole() {
        assertThat(window(SampleSource.of(640, 360, 120).in("mpegts"), "chunk-1"))
                .isNull();
        assertThat(window(SampleSource.of(640, 360, 120).limited(true, true), "chunk-0"))
                .isNull();
    }

    @Test
    void a_moment_is_reached_with_its_step_and_what_lies_behind_the_last_is_said_by_the_caller() {
        Reach reach = new Reach(0.5, 2, List.of(10L, 20L));

        assertThat(reach.endAt(0.5, 99)).isZero();
        assertThat(reach.endAt(0.6, 99)).isEqualTo(10);
        assertThat(reach.endAt(2.5, 99)).isEqualTo(10);
        assertThat(reach.endAt(4.5, 99)).isEqualTo(20);
        assertThat(reach.endAt(4.6, 99)).isEqualTo(99);
    }
}
