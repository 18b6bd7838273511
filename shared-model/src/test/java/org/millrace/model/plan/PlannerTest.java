package org.millrace.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Preset;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.Loudness;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Supplies;
import org.millrace.model.task.Task;
import org.millrace.model.task.Urgency;
import org.millrace.model.testing.SampleSource;

class PlannerTest {

    private static Plan plan(SampleSource source) {
        return Planner.plan(source.request());
    }

    private static List<String> names(Plan plan) {
        return plan.tasks().stream().map(PlannedTask::name).toList();
    }

    @Test
    void a_short_video_begins_with_its_start_rendition_and_its_sound() {
        Plan plan = plan(SampleSource.of(1280, 720, 10).withSound(1, "eng", 10));

        assertThat(plan.grid()).isEqualTo(new Grid(new Rational(30, 1), 60, 300));
        assertThat(names(plan))
                .containsExactly(
                        "poster",
                        "lead-0",
                        "chunk-0",
                        "lead-2",
                        "chunk-1",
                        "audio-1",
                        "assemble-audio-1",
                        "assemble-240p",
                        "assemble-360p",
                        "assemble-480p",
                        "assemble-720p",
                        "storyboard",
                        "download");
        assertThat(plan.start()).isEqualTo("240p");
        assertThat(plan.copied()).isNull();
        PlannedTask lead = plan.task("lead-0").orElseThrow();
        assertThat(lead.lane()).isEqualTo(Lane.FAST);
        assertThat(lead.urgency()).isEqualTo(Urgency.START);
        assertThat(((Task.EncodeChunk) lead.task()).live()).isTrue();
        assertThat(((Task.EncodeChunk) lead.task()).rungs())
                .extracting(Rung::name)
                .containsExactly("240p");
        assertThat(plan.task("chunk-0").orElseThrow().lane()).isEqualTo(Lane.BULK);
    }

    @Test
    void a_video_that_is_made_in_no_time_needs_no_lead() {
        Plan plan = plan(SampleSource.of(426, 240, 6));
        assertThat(names(plan))
                .containsExactly("poster", "chunk-0", "chunk-1", "assemble-240p", "storyboard", "download");
        PlannedTask chunk = plan.task("chunk-0").orElseThrow();
        assertThat(chunk.lane()).isEqualTo(Lane.FAST);
        assertThat(((Task.EncodeChunk) chunk.task()).live()).isTrue();
    }

    @Test
    void the_same_facts_give_the_same_plan() {
        SampleSource source = SampleSource.of(1280, 720, 100).withSound(1, "eng", 100);
        assertThat(plan(source)).isEqualTo(plan(source));
    }

    @Test
    void tracks_are_joined_one_after_the_other_smallest_first() {
        Plan plan = plan(SampleSource.of(1280, 720, 60).withSound(1, null, 60));
        assertThat(plan.task("assemble-240p").orElseThrow().needs())
                .containsExactly(
                        "chunk-0",
                        "chunk-1",
                        "chunk-2",
                        "chunk-3",
                        "chunk-4",
                        "lead-0",
                        "lead-2",
                        "lead-6",
                        "lead-10",
                        "assemble-audio-1");
        assertThat(plan.task("assemble-360p").orElseThrow().needs())
                .containsExactly("chunk-0", "chunk-1", "chunk-2", "chunk-3", "chunk-4", "assemble-240p");
        assertThat(plan.task("download").orElseThrow().needs()).contains("assemble-360p", "assemble-audio-1");
    }

    @Test
    void a_compatible_picture_is_copied_and_only_smaller_ones_are_encoded() {
        Plan plan = plan(SampleSource.compatible(1280, 720, 300).withSound(1, null, 300));
        assertThat(plan.copied()).isEqualTo("720p");
        assertThat(plan.start()).isEqualTo("720p");
        assertThat(names(plan)).contains("copy-720p-lead", "copy-720p").noneMatch(Leads::isLead);
        Task.EncodeChunk chunk =
                (Task.EncodeChunk) plan.task("chunk-0").orElseThrow().task();
        assertThat(chunk.rungs()).extracting(Rung::name).containsExactly("480p", "360p", "240p");
        assertThat(plan.task("assemble-720p").orElseThrow().needs())
                .containsExactly("copy-720p-lead", "copy-720p", "assemble-480p");
    }

    @Test
    void a_copy_that_turned_out_to_be_impossible_is_not_planned_again() {
        assertThat(plan(SampleSource.compatible(1280, 720, 30).limited(false, true))
                        .copied())
                .isNull();
    }

    @Test
    void a_compatible_picture_with_rare_key_frames_or_too_many_bits_is_encoded() {
        SampleSource rare = SampleSource.empty().withPicture(SampleSource.picture(0, "h264", 1280, 720), 60, 10);
        assertThat(plan(rare).copied()).isNull();
        TrackIndex heavy = new TrackIndex(
                0,
                0,
                60,
                1800,
                30,
                1 / 30.0,
                60 * 2_000_000L,
                2.0,
                false,
                rare.packets().getFirst().keys(),
                null);
        assertThat(plan(SampleSource.compatible(1280, 720, 60).withPackets(heavy))
                        .copied())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {80, 81.3, 100, 180, 3600})
    void a_long_video_begins_before_its_end_is_known_and_the_rest_fits_to_it(double seconds) {
        SampleSource source = SampleSource.of(1920, 1080, seconds).withSound(1, "eng", seconds);
        PlanRequest beginning = SampleSource.of(1920, 1080, seconds)
                .withSound(1, "eng", seconds)
                .sampled(20)
                .request();
        assertThat(Planner.canOpen(beginning)).isTrue();
        Plan opening = Planner.plan(beginning);
        Plan whole = Planner.plan(source.at(opening.grid().rate()).request());

        assertThat(opening.whole()).isFalse();
        assertThat(names(opening))
                .contains("audio-1-lead", "lead-0", "poster")
                .noneMatch(name -> name.startsWith("chunk"));
        assertThat(names(whole)).containsAll(names(opening));
        assertThat(Planner.holds(opening, source.request())).isTrue();
    }

    @Test
    void an_opening_does_not_hold_if_the_video_ends_within_it() {
        Plan opening = plan(SampleSource.of(1920, 1080, 3600).sampled(20));
        assertThat(Planner.holds(opening, SampleSource.of(1920, 1080, 9).request()))
                .isFalse();
    }

    @Test
    void only_a_long_source_with_an_honest_header_is_begun_before_it_is_counted() {
        assertThat(Planner.canOpen(SampleSource.of(1920, 1080, 3600).sampled(20).request()))
                .isTrue();
        assertThat(Planner.canOpen(SampleSource.of(1920, 1080, 79).sampled(20).request()))
                .isFalse();
        TrackIndex fewer = new TrackIndex(0, 0, 20, 200, 10, 0.1, null, null, null, null, null);
        assertThat(Planner.canOpen(SampleSource.of(1920, 1080, 3600)
                        .sampled(20)
                        .withPackets(fewer)
                        .request()))
                .isFalse();
    }

    @Test
    void a_source_that_does_not_seek_is_made_in_one_piece_and_played_as_it_grows() {
        Plan plan = plan(SampleSource.of(1280, 720, 300).limited(true, false));
        assertThat(names(plan)).startsWith("poster", "lead-0", "chunk-0").doesNotContain("chunk-1");
        Task.EncodeChunk lead =
                (Task.EncodeChunk) plan.task("lead-0").orElseThrow().task();
        assertThat(lead.span()).isEqualTo(new Span(0, 9000, true));
        assertThat(lead.live()).isTrue();
        Task.EncodeChunk chunk =
                (Task.EncodeChunk) plan.task("chunk-0").orElseThrow().task();
        assertThat(chunk.rungs()).extracting(Rung::name).containsExactly("720p", "480p", "360p");
    }

    @Test
    void every_language_is_a_track_and_the_one_the_file_prefers_comes_first() {
        SampleSource source = SampleSource.of(320, 180, 10).withSound(1, "deu", 10);
        source.withTrack(new AudioTrack(2, "aac", 6, 48_000, "eng", "Original", 0, true))
                .withPackets(new TrackIndex(2, 0, 10, 100, 100, 0.02, null, null, null, null, null));
        Plan plan = plan(source);
        Task.EncodeAudio first =
                (Task.EncodeAudio) plan.task("audio-1").orElseThrow().task();
        assertThat(first.audio().language()).isEqualTo("eng");
        assertThat(first.bitrateKbit()).isEqualTo(128);
        assertThat(plan.task("audio-1").orElseThrow().lane()).isEqualTo(Lane.FAST);
        assertThat(plan.task("audio-2").orElseThrow().lane()).isEqualTo(Lane.BULK);
    }

    @Test
    void normalised_sound_is_measured_first() {
        Plan plan = plan(SampleSource.of(320, 180, 10).withSound(1, null, 10).wishing(Preset.BALANCED, true));
        assertThat(plan.task("audio-1").orElseThrow().needs()).containsExactly("loudness-audio-1");
        Task quiet =
                plan.task("audio-1").orElseThrow().task().given(new Supplies(List.of(), new Loudness(-26.0, -12.0)));
        assertThat(((Task.EncodeAudio) quiet).gainDb()).isEqualTo(10);
        assertThat(new Loudness(-26.0, -3.0).gainDb()).isEqualTo(2);
        assertThat(new Loudness(null, null).gainDb()).isZero();
    }

    @Test
    void a_file_with_nothing_but_sound_becomes_a_playable_item_with_a_picture() {
        Plan plan = plan(SampleSource.empty().withTrack(SampleSource.cover(0)).withSound(1, null, 240));
        assertThat(plan.grid()).isNull();
        assertThat(plan.rungs()).isEmpty();
        assertThat(names(plan)).containsExactly("cover", "audio-1-lead", "audio-1", "assemble-audio-1", "download");
        assertThat(((Task.Cover) plan.tasks().getFirst().task()).picture()).isZero();
        assertThat(((Task.Download) plan.task("download").orElseThrow().task()).videoTrack())
                .isNull();
    }

    @Test
    void text_subtitles_are_extracted_and_drawn_ones_are_mentioned() {
        Plan plan =
                plan(SampleSource.of(320, 180, 10).withSubtitles(2, "subrip").withSubtitles(3, "hdmv_pgs_subtitle"));
        assertThat(((Task.ExtractSubtitles) plan.task("subtitles").orElseThrow().task()).tracks())
                .singleElement()
                .satisfies(track -> assertThat(track.index()).isEqualTo(2));
        assertThat(plan.remarks()).extracting(Remark::text).anyMatch(text -> text.contains("made of pictures"));
    }

    @Test
    void covers_and_smaller_pictures_are_not_taken_for_the_video() {
        SampleSource source = SampleSource.empty()
                .withTrack(SampleSource.cover(0))
                .withPicture(SampleSource.picture(1, "hevc", 160, 90), 4, 2)
                .withPicture(SampleSource.picture(2, "hevc", 320, 180), 4, 2);
        Plan plan = plan(source);
        assertThat(plan.rungs()).extracting(Rung::name).containsExactly("180p");
        assertThat(plan.remarks())
                .extracting(Remark::text)
                .containsExactly("The file has 2 video tracks; the largest is shown.");
    }

    @Test
    void sound_that_cannot_be_decoded_or_has_no_packets_is_left_out() {
        SampleSource source = SampleSource.of(320, 180, 10)
                .withTrack(new AudioTrack(1, null, 0, 0, null, null, 0, false))
                .withTrack(new AudioTrack(7, "aac", 2, 48_000, null, null, 0, false));
        assertThat(names(plan(source))).doesNotContain("audio-1");
    }

    @Test
    void the_last_picture_is_held_as_long_as_the_sound_goes_on() {
        Plan plan = plan(SampleSource.of(320, 180, 2).withSound(1, null, 10));
        assertThat(plan.grid().frames()).isEqualTo(300);
        assertThat(chunks(plan).getLast().video().holdFrames()).isEqualTo(240);
        assertThat(chunks(plan).getFirst().video().holdFrames()).isZero();
    }

    @Test
    void sound_with_a_wrong_clock_does_not_stretch_the_video() {
        SampleSource source = SampleSource.of(320, 180, 2).withSound(1, null, 10);
        source.withPackets(new TrackIndex(1, 0, 90_000, 430, 430, 89_000, null, null, null, null, null));
        assertThat(plan(source).grid().frames()).isEqualTo(60);
    }

    @Test
    void a_file_with_nothing_to_see_or_hear_has_no_plan() {
        assertThatThrownBy(() -> plan(SampleSource.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_assembly_takes_the_pieces_of_its_own_track_in_the_order_of_time() {
        EncodedTrack first = piece("720p", "one", 0);
        EncodedTrack second = piece("720p", "two", 180_000);
        Task assemble = new Task.Assemble("720p", 1, List.of())
                .given(new Supplies(List.of(second, piece("480p", "x", 0), first), null));
        assertThat(assemble).isEqualTo(new Task.Assemble("720p", 1, List.of(first, second)));
    }

    @Test
    void what_follows_a_lead_drops_what_the_lead_has_made() {
        Task.EncodeAudio rest =
                (Task.EncodeAudio) plan(SampleSource.of(320, 180, 300).withSound(1, null, 300))
                        .task("audio-1")
                        .orElseThrow()
                        .task();
        Task given = rest.given(new Supplies(List.of(piece("audio-1", "lead", 0)), null));
        assertThat(((Task.EncodeAudio) given).skipTicks()).isEqualTo(180_000);
        Task resumed = given.resumed(List.of(piece("audio-1", "part", 180_000)));
        assertThat(((Task.EncodeAudio) resumed).skipTicks()).isEqualTo(360_000);
    }

    @Test
    void a_chunk_of_which_parts_are_accepted_goes_on_behind_them() {
        Task.EncodeChunk lead = (Task.EncodeChunk) plan(SampleSource.of(1280, 720, 10))
                .task("lead-0")
                .orElseThrow()
                .task();
        Task resumed = lead.resumed(List.of(piece("240p", "part", 0)));
        assertThat(((Task.EncodeChunk) resumed).span()).isEqualTo(new Span(60, 120, false));
    }

    @Test
    void a_chunk_whose_parts_are_all_accepted_has_nothing_left_to_make() {
        Task.EncodeChunk lead = (Task.EncodeChunk) plan(SampleSource.of(1280, 720, 10))
                .task("lead-0")
                .orElseThrow()
                .task();
        List<EncodedTrack> all = List.of(piece("240p", "one", 0), piece("240p", "two", 180_000));
        List<EncodedTrack> last = List.of(piece("240p", "one", 0, 60), piece("240p", "two", 180_000, 31));
        Task.EncodeChunk open = lead.of(new Span(0, 100, true), lead.rungs());

        assertThat(((Task.EncodeChunk) lead.resumed(all)).span().isEmpty()).isTrue();
        assertThat(((Task.EncodeChunk) open.resumed(last)).span()).isEqualTo(new Span(91, 91, true));
    }

    @Test
    void a_header_that_promises_more_than_a_cut_file_holds_is_a_loss() {
        SampleSource whole = SampleSource.of(320, 180, 2).promising(210.0);
        assertThat(Loss.atEnd(whole.facts(), whole.packets())).isEmpty();
        assertThat(Loss.atEnd(whole.cut().facts(), whole.packets()))
                .hasValueSatisfying(remark -> assertThat(remark.text()).isEqualTo("The file ends at 0:02 of 3:30."));
    }

    private static List<Task.EncodeChunk> chunks(Plan plan) {
        return plan.tasks().stream()
                .filter(task -> task.name().startsWith("chunk-"))
                .map(task -> (Task.EncodeChunk) task.task())
                .toList();
    }

    private static EncodedTrack piece(String name, String object, long start) {
        return piece(name, object, start, 60);
    }

    private static EncodedTrack piece(String name, String object, long start, int samples) {
        return new EncodedTrack(
                name,
                new ObjectKey(object),
                1,
                "",
                "avc1",
                320,
                180,
                90_000,
                10,
                "",
                List.of(new Fragment(10, 1, 3000 * samples, samples)),
                start,
                null);
    }
}
