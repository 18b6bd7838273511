package org.millrace.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.id.WorkerId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Preset;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.KeyFrame;
import org.millrace.model.media.Loudness;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.Reach;
import org.millrace.model.media.SubtitleTrack;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Manifest;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.message.Signal;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.ByteWindow;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Seam;
import org.millrace.model.task.StoredFile;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.model.task.VideoInput;

/**
 * Every message against its golden file, byte for byte: what is on the wire can be added to, never changed. A file
 * that is missing is written by {@code -Dmillrace.golden.write=true}, and only by that.
 */
class GoldenMessagesTest {

    private static final VideoId VIDEO = new VideoId("a".repeat(26));
    private static final TaskId TASK = new TaskId("b".repeat(26));
    private static final AttemptId ATTEMPT = new AttemptId("c".repeat(26));
    private static final WorkerId WORKER = new WorkerId("d".repeat(26));
    private static final String SHA = "0".repeat(64);
    private static final Set<String> UNCHANGED = Set.of(
            "attempt-started",
            "attempt-succeeded-file",
            "attempt-failed",
            "attempt-handed-back",
            "progress",
            "worker-alive",
            "video-changed",
            "cancel");
    private static final Set<String> CHANGED_IN_VERSION_3 =
            Set.of("task-offer-encode-chunk", "attempt-succeeded-header", "attempt-succeeded-index");
    private static final Path GOLDEN = Path.of("src/test/resources/wire");

    private record Case(String file, Class<?> type, Object message) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Case> messages() {
        VideoTrack picture = new VideoTrack(
                0,
                "h264",
                "High",
                "yuv420p",
                1920,
                1080,
                Rational.ONE,
                90,
                new Rational(30000, 1001),
                new Rational(30000, 1001),
                0.5,
                40.0,
                new ColorFacts("bt2020", "smpte2084", "bt2020nc", "tv", 1000, false),
                true,
                false,
                40,
                true,
                8);
        VideoInput video = new VideoInput(0, 0.5, 3, "mov,mp4,m4a,3gp,3g2,mj2", picture);
        Grid grid = new Grid(new Rational(30000, 1001), 60, 1199);
        Rung rung = new Rung("720p", 1280, 720, 23, 2800, 5600, 31);
        EncodedTrack track = new EncodedTrack(
                "720p",
                MediaLayout.attempt(VIDEO, TASK, ATTEMPT).child("720p.mp4"),
                123_456,
                SHA,
                "avc1.64001f",
                1280,
                720,
                90_000,
                834,
                SHA,
                List.of(new Fragment(834, 60_000, 180_180, 60), new Fragment(60_834, 62_622, 180_180, 60)),
                360_360L,
                MediaLayout.published(VIDEO, 1, ATTEMPT).child("720p.init.mp4"));
        SubtitleTrack subtitles = new SubtitleTrack(2, "mov_text", "eng", null, false, true);
        MediaFacts facts = new MediaFacts(
                "mov,mp4,m4a,3gp,3g2,mj2",
                1_000_000,
                0.5,
                40.0,
                List.of(picture),
                List.of(new AudioTrack(1, "aac", 2, 48_000, "eng", null, 0.5, true)),
                List.of("bin_data"),
                false,
                true,
                List.of(subtitles));
        List<TrackIndex> packets = List.of(new TrackIndex(
                0,
                0.5,
                40.5,
                1199,
                5,
                0.034,
                999_000L,
                10.0,
                false,
                List.of(new KeyFrame(0.5, 48)),
                new Reach(0.5, 1, List.of(25_000L, 51_000L))));
        AudioInput audio = new AudioInput(1, 0.5, "eng", null, 6);
        StoredFile file = new StoredFile(track.object(), 40_000, SHA);
        return Stream.of(
                offer("analyse", new Task.Analyse(MediaLayout.source(VIDEO), Task.Analyse.Scope.HEADER)),
                offer(
                        "encode-chunk",
                        new Task.EncodeChunk(
                                MediaLayout.source(VIDEO),
                                video,
                                grid,
                                new Span(0, 1199, true),
                                List.of(rung),
                                1,
                                Preset.SMALL,
                                10.25,
                                true,
                                new ByteWindow(51_000, 250_000, 999_048))),
                offer(
                        "encode-audio",
                        new Task.EncodeAudio(
                                MediaLayout.source(VIDEO),
                                audio,
                                "audio-1",
                                128,
                                40,
                                1,
                                Task.Part.REST,
                                -2.5,
                                96_256L)),
                offer("measure-loudness", new Task.MeasureLoudness(MediaLayout.source(VIDEO), audio, 40)),
                offer(
                        "remux",
                        new Task.Remux(MediaLayout.source(VIDEO), Task.Part.LEAD, video, "720p", 1, 60.0, 180_180L)),
                offer("assemble", new Task.Assemble("720p", 1, List.of(track))),
                offer("preview", new Task.Preview(MediaLayout.source(VIDEO), 1, video, 40, 12.5)),
                offer("cover", new Task.Cover(MediaLayout.source(VIDEO), 1, 2, audio)),
                offer("storyboard", new Task.Storyboard(1, 40, "240p", "720p", List.of(track))),
                offer(
                        "extract-subtitles",
                        new Task.ExtractSubtitles(MediaLayout.source(VIDEO), 1, 0.5, List.of(subtitles))),
                offer("download", new Task.Download(1, "720p", null, List.of(track))),
                offer("audit", new Task.Audit(List.of(track), List.of(file))),
                outcome("attempt-started", new Outcome.AttemptStarted(TASK, ATTEMPT, WORKER, 1)),
                outcome("part-published", new Outcome.PartPublished(TASK, ATTEMPT, WORKER, 0, track, "ffmpeg 5.1.9")),
                succeeded("header", new Result.Header(facts, packets, true)),
                succeeded("index", new Result.Index(packets)),
                succeeded("tracks", new Result.Tracks(List.of(track), new Seam("AAAA", "////"))),
                succeeded("poster", new Result.Poster(track.object(), 40_000, 1280, 720, SHA)),
                succeeded(
                        "storyboard",
                        new Result.Storyboard(
                                new Result.Poster(track.object(), 40_000, 1280, 720, SHA),
                                file,
                                10,
                                20,
                                160,
                                90,
                                2,
                                file)),
                succeeded("subtitles", new Result.Subtitles(List.of(new Result.SubtitleFile(subtitles, file, 12)))),
                succeeded("measured", new Result.Measured(new Loudness(-23.5, -1.25))),
                succeeded("audited", new Result.Audited(List.of("720p.mp4 is missing."))),
                succeeded("file", new Result.File(track.object(), 40_000, SHA)),
                outcome(
                        "attempt-failed",
                        new Outcome.AttemptFailed(
                                TASK,
                                ATTEMPT,
                                WORKER,
                                FailureClass.TRICKY,
                                FailureCode.OUTPUT_INVALID,
                                "10 frames are missing")),
                outcome(
                        "attempt-handed-back",
                        new Outcome.AttemptHandedBack(TASK, ATTEMPT, WORKER, "the worker stops")),
                new Case("progress", Signal.class, new Signal.Progress(TASK, ATTEMPT, WORKER, 7, 0.25, 1.5)),
                new Case(
                        "worker-alive",
                        Signal.class,
                        new Signal.WorkerAlive(WORKER, "host", 2, 1, "bubblewrap", "ffmpeg 5.1.9")),
                new Case("video-changed", Signal.class, new Signal.VideoChanged(VIDEO)),
                new Case("cancel", Cancel.class, new Cancel(TASK, ATTEMPT)));
    }

    private static Case offer(String kind, Task work) {
        return new Case(
                "task-offer-" + kind,
                TaskOffer.class,
                new TaskOffer(TASK, VIDEO, 1, Lane.BULK, Strategy.PLAIN, 12.5, null, work, 2));
    }

    private static Case outcome(String file, Outcome outcome) {
        return new Case(file, Outcome.class, outcome);
    }

    private static Case succeeded(String result, Result made) {
        Manifest manifest = new Manifest(
                made,
                List.of(new Remark(Remark.Kind.LOSS, "The file ends at 0:12 of 3:30.")),
                "ffmpeg 5.1.9",
                10.5,
                6.25);
        return outcome("attempt-succeeded-" + result, new Outcome.AttemptSucceeded(TASK, ATTEMPT, WORKER, manifest));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_is_written_as_its_newest_golden_file_says(Case message) throws IOException {
        Path file = newest(message);
        String written = WireFormat.write(message.message());
        if (Boolean.getBoolean("millrace.golden.write") && !Files.exists(file)) {
            Files.writeString(file, written + "\n");
        }
        assertThat(written).isEqualTo(Files.readString(file).trim());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void the_newest_golden_file_is_read_as_its_message(Case message) throws IOException {
        String json = Files.readString(newest(message));
        assertThat(WireFormat.<Object>read(json, rawType(message))).isEqualTo(message.message());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_field_of_a_newer_version_is_ignored(Case message) throws IOException {
        String json =
                Files.readString(newest(message)).trim().replaceFirst("}$", ",\"invented-later\":{\"deep\":[1]}}");
        assertThat(WireFormat.<Object>read(json, rawType(message))).isEqualTo(message.message());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_older_golden_file_can_still_be_read(Case message) throws IOException {
        for (int version = 1; version < newestVersion(message); version++) {
            Path older = GOLDEN.resolve(message.file() + ".v" + version + ".json");
            if (Files.exists(older)) {
                assertThat(WireFormat.<Object>read(Files.readString(older), rawType(message)))
                        .isNotNull();
            }
        }
    }

    @Test
    void every_golden_file_belongs_to_a_message() throws IOException {
        List<String> known = messages()
                .flatMap(message -> IntStream.rangeClosed(1, newestVersion(message))
                        .mapToObj(version -> message.file() + ".v" + version + ".json"))
                .toList();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(known)
                    .containsAll(
                            files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static Path newest(Case message) {
        return GOLDEN.resolve(message.file() + ".v" + newestVersion(message) + ".json");
    }

    /** Messages that a version did not change have no file of that version. */
    private static int newestVersion(Case message) {
        if (CHANGED_IN_VERSION_3.contains(message.file())) {
            return 3;
        }
        return UNCHANGED.contains(message.file()) ? 1 : 2;
    }

    @Test
    void a_type_that_is_not_known_is_refused() {
        assertThatThrownBy(() -> WireFormat.read("{\"type\":\"invented-later\"}", Outcome.class))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void broken_json_is_refused() {
        assertThatThrownBy(() -> WireFormat.read("{\"type\":\"attempt-st", Outcome.class))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("Not a Outcome");
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> rawType(Case message) {
        return (Class<Object>) message.type();
    }
}
