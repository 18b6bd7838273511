package org.millrace.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;

class PlannerTest {

    private static final ObjectKey SOURCE = MediaLayout.source(VideoId.random());

    private static VideoTrack picture(int index, int width, int height, boolean still) {
        Rational rate = new Rational(30, 1);
        ColorFacts color = new ColorFacts("bt709", "bt709", "bt709", "tv");
        return new VideoTrack(
                index,
                "h264",
                null,
                "yuv420p",
                width,
                height,
                Rational.ONE,
                0,
                rate,
                rate,
                0,
                10.0,
                color,
                false,
                still);
    }

    private static MediaFacts facts(List<VideoTrack> video, List<AudioTrack> audio) {
        return new MediaFacts("mov", 1000, 0, 10.0, video, audio, List.of(), false, true);
    }

    private static final AudioTrack SOUND = new AudioTrack(1, "aac", 2, 48000, "eng", null, 0);
    private static final List<TrackIndex> PACKETS =
            List.of(new TrackIndex(0, 0, 10, 300, 5, 0.034), new TrackIndex(1, 0, 10, 430, 430, 0.024));

    @Test
    void a_video_is_one_chunk_with_all_that_follows_from_it() {
        Plan plan = Planner.plan(SOURCE, facts(List.of(picture(0, 1280, 720, false)), List.of(SOUND)), PACKETS, 1);
        assertThat(plan.grid()).isEqualTo(new Grid(new Rational(30, 1), 60, 300));
        assertThat(plan.tasks())
                .extracting(PlannedTask::name)
                .containsExactly(
                        "preview",
                        "chunk-0",
                        "assemble-720p",
                        "assemble-480p",
                        "assemble-360p",
                        "assemble-240p",
                        "audio-1",
                        "assemble-audio-1",
                        "download");
        PlannedTask download = plan.tasks().get(8);
        assertThat(download.needs())
                .containsExactly(
                        "assemble-720p", "assemble-480p", "assemble-360p", "assemble-240p", "assemble-audio-1");
        assertThat(plan.tasks().get(0).lane()).isEqualTo(Lane.FAST);
        assertThat(plan.tasks().get(1).lane()).isEqualTo(Lane.BULK);
    }

    @Test
    void the_same_facts_give_the_same_plan() {
        MediaFacts facts = facts(List.of(picture(0, 1280, 720, false)), List.of(SOUND));
        assertThat(Planner.plan(SOURCE, facts, PACKETS, 1)).isEqualTo(Planner.plan(SOURCE, facts, PACKETS, 1));
    }

    @Test
    void any_list_of_spans_becomes_chunks_that_every_assembly_needs_in_order() {
        MediaFacts facts = facts(List.of(picture(0, 426, 240, false)), List.of());
        Grid grid = Planner.grid(facts, PACKETS);
        List<Span> chunks = List.of(new Span(0, 120, false), new Span(120, 240, false), new Span(240, 300, true));
        Plan plan = Planner.plan(SOURCE, facts, PACKETS, 2, grid, chunks);
        assertThat(plan.tasks())
                .extracting(PlannedTask::name)
                .containsExactly("preview", "chunk-0", "chunk-1", "chunk-2", "assemble-240p", "download");
        assertThat(plan.tasks().get(4).needs()).containsExactly("chunk-0", "chunk-1", "chunk-2");
    }

    @Test
    void covers_and_smaller_pictures_are_not_taken_for_the_video() {
        MediaFacts facts = facts(List.of(picture(0, 4000, 4000, true), picture(1, 320, 180, false)), List.of());
        List<TrackIndex> packets = List.of(new TrackIndex(1, 0, 4, 120, 3, 0.034));
        Plan plan = Planner.plan(SOURCE, facts, packets, 1);
        assertThat(plan.rungs())
                .singleElement()
                .satisfies(rung -> assertThat(rung.name()).isEqualTo("180p"));
    }

    @Test
    void sound_that_cannot_be_decoded_or_has_no_packets_is_left_out() {
        AudioTrack broken = new AudioTrack(1, null, 0, 0, null, null, 0);
        AudioTrack silent = new AudioTrack(7, "aac", 2, 48000, null, null, 0);
        Plan plan =
                Planner.plan(SOURCE, facts(List.of(picture(0, 320, 180, false)), List.of(broken, silent)), PACKETS, 1);
        assertThat(plan.tasks()).extracting(PlannedTask::name).doesNotContain("audio-1");
    }

    @Test
    void the_last_picture_is_held_as_long_as_the_sound_goes_on() {
        List<TrackIndex> packets =
                List.of(new TrackIndex(0, 0, 2, 60, 1, 0.034), new TrackIndex(1, 0, 10, 430, 430, 0.024));
        Plan plan = Planner.plan(SOURCE, facts(List.of(picture(0, 320, 180, false)), List.of(SOUND)), packets, 1);
        assertThat(plan.grid().frames()).isEqualTo(300);
        Task.EncodeChunk chunk = (Task.EncodeChunk) plan.tasks().get(1).task();
        assertThat(chunk.video().holdFrames()).isEqualTo(240);
    }

    @Test
    void sound_with_a_wrong_clock_does_not_stretch_the_video() {
        List<TrackIndex> packets =
                List.of(new TrackIndex(0, 0, 2, 60, 1, 0.034), new TrackIndex(1, 0, 90_000, 430, 430, 89_000));
        Plan plan = Planner.plan(SOURCE, facts(List.of(picture(0, 320, 180, false)), List.of(SOUND)), packets, 1);
        assertThat(plan.grid().frames()).isEqualTo(60);
    }

    @Test
    void a_file_without_a_picture_has_no_plan() {
        assertThatThrownBy(() -> Planner.plan(SOURCE, facts(List.of(), List.of(SOUND)), PACKETS, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_assembly_takes_the_pieces_of_its_own_track_in_the_order_given() {
        EncodedTrack first = piece("720p", "one");
        EncodedTrack second = piece("720p", "two");
        Task assemble = new Task.Assemble("720p", 1, List.of()).given(List.of(first, piece("480p", "x"), second));
        assertThat(assemble).isEqualTo(new Task.Assemble("720p", 1, List.of(first, second)));
    }

    @Test
    void a_header_that_promises_more_than_a_cut_file_holds_is_a_loss() {
        MediaFacts whole = facts(List.of(picture(0, 320, 180, false)), List.of());
        List<TrackIndex> short_ = List.of(new TrackIndex(0, 0, 2, 60, 1, 0.034));
        MediaFacts cut = new MediaFacts("mov", 1000, 0, 210.0, whole.video(), List.of(), List.of(), false, false);
        assertThat(Loss.atEnd(whole, short_)).isEmpty();
        assertThat(Loss.atEnd(cut, short_))
                .hasValueSatisfying(remark -> assertThat(remark.text()).isEqualTo("The file ends at 0:02 of 3:30."));
    }

    private static EncodedTrack piece(String name, String object) {
        return new EncodedTrack(name, new ObjectKey(object), 1, "", "avc1", 320, 180, 90000, 10, "", List.of());
    }
}
