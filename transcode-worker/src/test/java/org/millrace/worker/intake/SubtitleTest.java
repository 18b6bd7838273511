package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;

/** Subtitles made of text, taken out by real attempts. */
@QuarkusTest
class SubtitleTest {

    @Inject
    Chain chain;

    @Inject
    Sources sources;

    @Inject
    MediaStore store;

    @TempDir
    Path folder;

    @Test
    void subtitles_of_all_kinds_become_plain_webvtt() throws IOException {
        Path srt = Files.writeString(
                folder.resolve("a.srt"),
                "1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i> <font color=\"red\">you</font> & me\n\n"
                        + "2\n00:00:03,000 --> 00:00:04,500\nTwo\nlines\n");
        Path ass = Files.writeString(
                folder.resolve("b.ass"),
                "[Script Info]\nScriptType: v4.00+\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,Arial,20\n[Events]\n"
                        + "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
                        + "Dialogue: 0,0:00:01.50,0:00:02.50,Default,,0,0,0,,{\\b1}Loud{\\b0} {\\pos(10,10)}here\n");
        Path film = folder.resolve("subtitled.mkv");
        Files.copy(
                Clips.make(
                        "subtitled-" + System.nanoTime() + ".mkv",
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=s=128x72:r=25:d=5",
                                "-i",
                                srt.toString(),
                                "-i",
                                ass.toString(),
                                "-map",
                                "0",
                                "-map",
                                "1",
                                "-map",
                                "2",
                                "-map",
                                "1",
                                "-c:s:0",
                                "srt",
                                "-c:s:1",
                                "ass",
                                "-c:s:2",
                                "webvtt",
                                "-metadata:s:s:0",
                                "language=ger")),
                film);

        List<Result.SubtitleFile> files = subtitles(film);

        assertThat(files).hasSize(3);
        assertThat(files.get(0).track().language()).isEqualTo("ger");
        assertThat(files.get(0).cues()).isEqualTo(2);
        assertThat(text(files.get(0)))
                .isEqualTo("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<i>Hello</i> you &amp; me\n\n"
                        + "00:00:03.000 --> 00:00:04.500\nTwo\nlines\n");
        assertThat(text(files.get(1))).isEqualTo("WEBVTT\n\n00:00:01.500 --> 00:00:02.500\n<b>Loud</b> here\n");
        assertThat(text(files.get(2))).isEqualTo(text(files.get(0)));
    }

    @Test
    void subtitles_of_an_mp4_that_starts_late_keep_their_place_and_empty_ones_are_left_out() throws IOException {
        Path srt = Files.writeString(
                folder.resolve("late.srt"),
                "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:02,500 --> 00:00:03,000\n \n");
        Path empty = Files.writeString(folder.resolve("empty.srt"), "1\n00:00:01,000 --> 00:00:02,000\n<i></i>\n");
        Path film = folder.resolve("late.mp4");
        Files.copy(
                Clips.make(
                        "late-" + System.nanoTime() + ".mp4",
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=s=128x72:r=25:d=5",
                                "-i",
                                srt.toString(),
                                "-i",
                                empty.toString(),
                                "-map",
                                "0",
                                "-map",
                                "1",
                                "-map",
                                "2",
                                "-c:s",
                                "mov_text",
                                "-output_ts_offset",
                                "7")),
                film);

        List<Result.SubtitleFile> files = subtitles(film);

        assertThat(files).hasSize(1);
        assertThat(text(files.getFirst())).isEqualTo("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n");
    }

    private List<Result.SubtitleFile> subtitles(Path film) {
        Sources.Known known = sources.analyse(film);
        VideoId video = VideoId.random();
        store.put(MediaLayout.source(video), film);
        Task task = new Task.ExtractSubtitles(
                MediaLayout.source(video),
                1,
                known.facts().startSeconds(),
                known.facts().subtitles());
        return ((Result.Subtitles) made(video, task)).files();
    }

    private Result made(VideoId video, Task task) {
        Outcome outcome = chain.attempt(video, task, new ArrayList<>());
        assertThat(outcome).isInstanceOf(Outcome.AttemptSucceeded.class);
        return Chain.result(outcome);
    }

    private String text(Result.SubtitleFile file) throws IOException {
        return Files.readString(file(file.file().object()));
    }

    private Path file(ObjectKey key) {
        return store.localPath(key).orElseThrow();
    }
}
