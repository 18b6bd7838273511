package org.millrace.api.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.AttemptRow;
import org.millrace.api.ledger.Outline;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.TaskState;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.Loudness;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.SubtitleTrack;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.Remark;

class ReportWriterTest {

    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final Rung P720 = new Rung("720p", 1280, 720, 23, 2800, 5600, 31);
    private static final Rung P240 = new Rung("240p", 426, 240, 23, 400, 800, 13);

    private String codec = "hevc";
    private String format = "yuv420p";
    private ColorFacts colour = new ColorFacts("bt709", "bt709", "bt709", "tv");
    private Rational aspect = Rational.ONE;
    private int rotation;
    private boolean mirrored;
    private boolean interlaced;
    private Integer dolbyVision;
    private double framesPerSecond = 30;
    private double longestGap = 1 / 30.0;
    private Rational made = new Rational(30, 1);
    private String copied;
    private List<AudioTrack> sounds = List.of(sound(1, "aac", 2, "eng"));
    private List<SubtitleTrack> subtitles = List.of();
    private List<Remark> remarks = List.of();
    private List<Evidence.Done> tasks = List.of();
    private List<Evidence.Try> attempts = List.of();
    private List<Evidence.Made> objects = List.of();
    private boolean still;
    private Instant growing;
    private Instant ready;
    private boolean finished;

    private static AudioTrack sound(int index, String codec, int channels, String language) {
        return new AudioTrack(index, codec, channels, 48_000, language, null, 0, false);
    }

    private Report report() {
        VideoTrack picture = new VideoTrack(
                0,
                codec,
                "Main",
                format,
                1280,
                720,
                aspect,
                rotation,
                null,
                null,
                0,
                null,
                colour,
                interlaced,
                still,
                40,
                mirrored,
                dolbyVision);
        MediaFacts facts = new MediaFacts(
                "matroska,webm", 10_000_000, 0, 100.0, List.of(picture), sounds, List.of(), false, true, subtitles);
        TrackIndex packets = new TrackIndex(
                0, 0, 100, Math.round(100 * framesPerSecond), 50, longestGap, 1L, 2.0, false, List.of(), null);
        Outline outline = new Outline(
                Grid.of(made, 100),
                still ? List.of() : List.of(P720, P240),
                copied,
                "240p",
                true,
                sounds.stream()
                        .filter(AudioTrack::isDecodable)
                        .map(track -> new Outline.Sound(
                                "audio-" + track.index(),
                                new AudioInput(track.index(), 0, track.language(), null, track.channels())))
                        .toList(),
                0);
        return ReportWriter.of(new Evidence(
                facts,
                List.of(packets),
                10_000_000,
                100.0,
                remarks,
                1,
                outline,
                START,
                growing,
                ready,
                finished,
                tasks,
                attempts,
                objects));
    }

    private List<String> codes() {
        return report().changes().stream().map(Report.Change::code).toList();
    }

    private String text(String code) {
        return report().changes().stream()
                .filter(change -> change.code().equals(code))
                .map(Report.Change::text)
                .findFirst()
                .orElse(null);
    }

    @Test
    void a_plain_picture_is_only_converted() {
        assertThat(codes()).containsExactly("encoded", "sound-converted");
        assertThat(text("encoded")).isEqualTo("It was converted to H.264 in 720p, 240p.");
        assertThat(text("sound-converted")).isEqualTo("The sound was encoded anew as AAC.");
        Report.Source source = report().source();
        assertThat(source.container()).isEqualTo("Matroska or WebM");
        assertThat(source.bitsPerSecond()).isEqualTo(800_000);
        assertThat(source.picture().codec()).isEqualTo("H.265 (HEVC)");
        assertThat(source.picture().framesPerSecond()).isEqualTo(30);
        assertThat(source.picture().colours()).isEqualTo("standard");
    }

    @Test
    void a_picture_that_does_not_move_is_told_of_as_the_cover_of_its_sound() {
        still = true;
        assertThat(codes()).containsExactly("cover", "sound-converted");
        assertThat(report().renditions()).isEmpty();
    }

    @Test
    void what_is_copied_is_told_apart_from_what_is_converted() {
        copied = "720p";
        assertThat(text("copied")).contains("720p");
        assertThat(text("encoded")).isEqualTo("It was converted to H.264 in 240p.");
        assertThat(report().renditions()).extracting(Report.Rendition::copied).containsExactly(true, false);
    }

    @Test
    void high_dynamic_range_is_named_by_its_kind() {
        format = "yuv420p10le";
        colour = new ColorFacts("bt2020", "smpte2084", "bt2020nc", "tv");
        assertThat(text("tone-mapped")).contains("from HDR10");
        assertThat(report().source().picture().colours()).isEqualTo("HDR10, 10 bit");
        assertThat(codes()).doesNotContain("colour-detail");
        colour = new ColorFacts("bt2020", "arib-std-b67", "bt2020nc", "tv");
        assertThat(text("tone-mapped")).contains("from HLG");
        dolbyVision = 8;
        assertThat(text("tone-mapped")).contains("from Dolby Vision 8");
    }

    @Test
    void more_colour_than_browsers_can_show_is_said() {
        format = "yuv422p10le";
        assertThat(text("colour-detail")).startsWith("Colours of 10 bit 4:2:2 were stored as 8 bit 4:2:0");
        format = "yuv444p";
        assertThat(text("colour-detail")).startsWith("Colours of 4:4:4 were");
        format = "p010le";
        assertThat(text("colour-detail")).startsWith("Colours of 10 bit were");
    }

    @Test
    void every_change_of_shape_is_said() {
        rotation = 90;
        mirrored = true;
        interlaced = true;
        aspect = new Rational(4, 3);
        format = "yuva420p";
        assertThat(codes())
                .containsExactly(
                        "encoded",
                        "transparency",
                        "rotated",
                        "mirrored",
                        "deinterlaced",
                        "square-pixels",
                        "sound-converted");
        assertThat(text("rotated")).contains("90°");
        assertThat(text("square-pixels")).contains("1280 × 720 is seen as 720 × 1707");
    }

    @Test
    void transparency_that_the_worker_has_told_of_is_not_told_twice() {
        format = "yuva420p";
        remarks = List.of(new Remark(Remark.Kind.NOTE, "Transparency was replaced by black."));
        assertThat(codes()).doesNotContain("transparency");
    }

    @Test
    void frame_rates_are_capped_made_constant_or_changed() {
        framesPerSecond = 120;
        longestGap = 1 / 120.0;
        made = new Rational(60, 1);
        assertThat(text("rate-capped")).isEqualTo("Of 120 frames per second 60 were kept.");
        framesPerSecond = 24.3;
        longestGap = 0.2;
        made = new Rational(30, 1);
        assertThat(text("rate-constant")).contains("constant one of 30 per second");
        framesPerSecond = 29.97;
        longestGap = 1 / 29.97;
        made = new Rational(30_000, 1001);
        assertThat(codes()).noneMatch(code -> code.startsWith("rate"));
    }

    @Test
    void sound_is_mixed_down_and_made_as_loud_as_is_usual() {
        sounds = List.of(sound(1, "ac3", 6, "ger"), sound(2, "opus", 1, "fre"), sound(3, null, 0, null));
        tasks = List.of(
                new Evidence.Done("loudness-audio-1", "measure loudness", TaskState.DONE, new Loudness(-23.0, -9.0)),
                new Evidence.Done("loudness-audio-2", "measure loudness", TaskState.DONE, new Loudness(-10.0, -0.5)));
        assertThat(report().changes())
                .filteredOn(change -> change.about() == Report.About.SOUND)
                .extracting(Report.Change::text)
                .containsExactly(
                        "The sound in German was converted from Dolby Digital to AAC and mixed down from 5.1 to stereo.",
                        "The sound in German was made 7.0 dB louder: it had -23.0 LUFS.",
                        "The sound in French was converted from Opus to AAC.",
                        "The sound in French was made 6.0 dB quieter: it had -10.0 LUFS.");
        assertThat(report().source().sounds())
                .containsExactly(
                        new Report.Sound("Dolby Digital", 6, "German"),
                        new Report.Sound("Opus", 1, "French"),
                        new Report.Sound(null, 0, null));
    }

    @Test
    void silence_is_not_normalised() {
        tasks = List.of(
                new Evidence.Done("loudness-audio-1", "measure loudness", TaskState.DONE, new Loudness(null, null)));
        assertThat(codes()).doesNotContain("normalised");
        sounds = List.of();
        assertThat(text("silent")).isEqualTo("The file has no sound.");
    }

    @Test
    void subtitles_are_kept_or_hold_nothing() {
        subtitles = List.of(
                new SubtitleTrack(3, "subrip", "eng", null, false, false),
                new SubtitleTrack(4, "ass", "fre", null, false, false),
                new SubtitleTrack(5, "hdmv_pgs_subtitle", "eng", null, false, false));
        objects = List.of(new Evidence.Made("subtitles-3", PublishedRow.Kind.SUBTITLES, 100));
        assertThat(codes()).contains("subtitles-kept").doesNotContain("subtitles-empty");
        tasks = List.of(new Evidence.Done("subtitles", "extract subtitles", TaskState.DONE, null));
        assertThat(text("subtitles-kept")).isEqualTo("Subtitles were kept: English.");
        assertThat(text("subtitles-empty")).isEqualTo("One subtitle track holds no text.");
        assertThat(report().source().subtitles())
                .containsExactly("SubRip, English", "ASS, French", "Blu-ray pictures, English");
    }

    @Test
    void effort_is_added_up_by_kind_and_the_lead_told_apart() {
        attempts = List.of(
                new Evidence.Try("lead-0", "encode chunk", AttemptRow.State.SUCCEEDED, 2.0, 3.0),
                new Evidence.Try("chunk-0", "encode chunk", AttemptRow.State.FAILED, null, null),
                new Evidence.Try("chunk-0", "encode chunk", AttemptRow.State.SUCCEEDED, 10.0, 15.0),
                new Evidence.Try("chunk-1", "encode chunk", AttemptRow.State.SUCCEEDED, 11.0, 16.0),
                new Evidence.Try("audio-1", "encode audio", AttemptRow.State.RUNNING, null, null),
                new Evidence.Try("poster", "preview", AttemptRow.State.SUCCEEDED, 0.5, 0.4),
                new Evidence.Try("storyboard", "storyboard", AttemptRow.State.SUCCEEDED, 0.5, 0.6));
        growing = START.plusMillis(1500);
        ready = START.plusSeconds(40);

        Report.Effort effort = report().effort();

        assertThat(effort.playableAfterSeconds()).isEqualTo(1.5);
        assertThat(effort.readyAfterSeconds()).isEqualTo(40);
        assertThat(effort.speed()).isEqualTo(2.5);
        assertThat(effort.cpuSeconds()).isEqualTo(35);
        assertThat(effort.aheadCpuSeconds()).isEqualTo(3);
        assertThat(effort.attempts()).isEqualTo(7);
        assertThat(effort.failedAttempts()).isEqualTo(1);
        assertThat(effort.kinds())
                .containsExactly(
                        new Report.Kind("Converting the picture", 21, 31, 2),
                        new Report.Kind("Start rendition ahead", 2, 3, 1),
                        new Report.Kind("Poster and previews", 1, 1, 2));
    }

    @Test
    void space_is_compared_when_the_set_is_finished() {
        objects = List.of(
                new Evidence.Made("720p", PublishedRow.Kind.VIDEO, 12_000_000),
                new Evidence.Made("audio-1", PublishedRow.Kind.AUDIO, 3_000_000));
        assertThat(report().space()).isEqualTo(new Report.Space(10_000_000, null, null));
        finished = true;
        assertThat(report().space()).isEqualTo(new Report.Space(10_000_000, 15_000_000L, 1.5));
        assertThat(report().renditions().getFirst().sizeBytes()).isEqualTo(12_000_000);
    }

    @Test
    void a_loss_makes_it_partial_and_all_remarks_are_told() {
        remarks = List.of(
                new Remark(Remark.Kind.NOTE, "The file has 2 video tracks; the largest is shown."),
                new Remark(Remark.Kind.LOSS, "The file ends at 0:12 of 3:30."));
        assertThat(report().partial()).isTrue();
        assertThat(report().remarks()).hasSize(2);
    }

    @Test
    void the_card_says_the_same_in_words() {
        attempts = List.of(
                new Evidence.Try("lead-0", "encode chunk", AttemptRow.State.SUCCEEDED, 2.0, 3.0),
                new Evidence.Try("chunk-0", "encode chunk", AttemptRow.State.SUCCEEDED, 100.0, 150.0));
        objects = List.of(new Evidence.Made("720p", PublishedRow.Kind.VIDEO, 12_000_000));
        growing = START.plusMillis(1500);
        ready = START.plusSeconds(200);
        finished = true;

        ReportCard card = ReportCard.of(report());

        assertThat(card.headline())
                .isEqualTo("converted to 2 qualities, playable after 1.5 s, finished after 3:20 min");
        assertThat(card.sections())
                .extracting(ReportCard.Section::title)
                .containsExactly("Original", "Picture", "Sound", "Qualities", "Work", "Space");
        assertThat(card.sections().getFirst().lines())
                .containsExactly(
                        "Matroska or WebM, 10.0 MB, 1:40, 800 kbit/s",
                        "Picture: H.265 (HEVC), 1280 × 720, 30 frames per second, standard colours",
                        "Sound: AAC, stereo, English");
        assertThat(card.sections().get(3).lines()).containsExactly("720p, 1280 × 720, 12.0 MB", "240p, 426 × 240");
        assertThat(card.sections().get(4).lines())
                .containsExactly(
                        "It could be played 1.5 s after the upload.",
                        "Everything was done after 3:20 min, 0.5× the speed of playing it.",
                        "2:33 min of processor time, 3.0 s of it to make the start rendition ahead of the others.",
                        "Converting the picture: 2:30 min of processor time in 1 task that lasted 100 s",
                        "Start rendition ahead: 3.0 s of processor time in 1 task that lasted 2.0 s");
        assertThat(card.sections().get(5).lines())
                .containsExactly("10.0 MB were uploaded, 12.0 MB were made of it: 1.20 times the original.");
    }
}
