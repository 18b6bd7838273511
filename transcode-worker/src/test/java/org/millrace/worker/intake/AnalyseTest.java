package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.SubtitleTrack;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;

@QuarkusTest
class AnalyseTest {

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @TempDir
    Path folder;

    @Test
    void the_header_of_a_small_file_brings_all_packets_with_it() {
        Path movie = Clips.movie("keys.mp4", 6, 25, "-c:v", "libx264", "-g", "50", "-sc_threshold", "0", "-c:a", "aac");

        Result.Header header = header(movie);
        List<TrackIndex> index = index(movie);

        assertThat(header.whole()).isTrue();
        assertThat(header.packets()).isEqualTo(index);
        TrackIndex picture = index.getFirst();
        assertThat(picture.packets()).isEqualTo(150);
        assertThat(picture.keys()).extracting(key -> key.seconds()).containsExactly(0.0, 2.0, 4.0);
        assertThat(picture.keys()).allMatch(key -> key.position() > 0);
        assertThat(picture.longestKeyGapSeconds()).isEqualTo(2, within(1e-6));
        assertThat(picture.openGops()).isFalse();
        VideoTrack facts = header.facts().mainVideo().orElseThrow();
        assertThat(facts.level()).isPositive();
        assertThat(facts.mirrored()).isFalse();
        assertThat(facts.dolbyVisionProfile()).isNull();
    }

    @Test
    void open_gops_are_recognised() {
        Path open = Clips.silent(
                "open.ts", 6, 25, "-c:v", "libx264", "-bf", "3", "-g", "50", "-x264-params", "open-gop=1:scenecut=0");

        assertThat(header(open).packets().getFirst().openGops()).isTrue();
    }

    @Test
    void tracks_say_which_one_the_file_prefers_and_which_words_it_has() throws IOException {
        Path words = Files.writeString(folder.resolve("words.srt"), "1\n00:00:00,000 --> 00:00:01,000\nOnce\n");
        Path movie = Clips.make(
                "preferred.mkv",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=128x72:rate=25:duration=1",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=duration=1",
                        "-i",
                        words.toString(),
                        "-map",
                        "0",
                        "-map",
                        "1",
                        "-map",
                        "1",
                        "-map",
                        "2",
                        "-c:a",
                        "aac",
                        "-c:s",
                        "srt",
                        "-disposition:a:0",
                        "0",
                        "-disposition:a:1",
                        "default",
                        "-disposition:s:0",
                        "forced",
                        "-metadata:s:s:0",
                        "language=ger"));

        Result.Header header = header(movie);

        assertThat(header.facts().audio()).extracting(AudioTrack::preferred).containsExactly(false, true);
        assertThat(header.facts().subtitles())
                .containsExactly(new SubtitleTrack(3, "subrip", "ger", null, true, false));
        assertThat(header.facts().otherTracks()).isEmpty();
    }

    @Test
    void sound_alone_and_sound_with_a_single_picture_are_facts_without_a_picture() {
        Path sound = Clips.make("sound.m4a", List.of("-f", "lavfi", "-i", "sine=duration=2", "-c:a", "aac"));
        Path still = Clips.make(
                "still.mp4",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=128x72:rate=25:duration=0.04",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=duration=2",
                        "-c:a",
                        "aac"));

        assertThat(header(sound).facts().mainAudio()).isPresent();
        assertThat(header(sound).facts().video()).isEmpty();
        assertThat(header(still).facts().mainVideo()).isEmpty();
        assertThat(header(still).facts().video()).extracting(VideoTrack::still).containsExactly(true);
    }

    private Result.Header header(Path file) {
        return (Result.Header) analysed(file, Task.Analyse.Scope.HEADER);
    }

    private List<TrackIndex> index(Path file) {
        return ((Result.Index) analysed(file, Task.Analyse.Scope.INDEX)).tracks();
    }

    private Result analysed(Path file, Task.Analyse.Scope scope) {
        VideoId video = VideoId.random();
        store.put(MediaLayout.source(video), file);
        Outcome outcome = chain.attempt(video, new Task.Analyse(MediaLayout.source(video), scope), new ArrayList<>());
        return Chain.result(outcome);
    }
}
