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
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.Task;
import org.millrace.model.task.VideoInput;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.Still;

/** Posters and covers, made by real attempts. */
@QuarkusTest
class PosterTest {

    /** Red for two seconds, then green, blue and white for two seconds each. */
    private static final String COLOURS =
            "color=red:s=320x180:r=25:d=2[a];color=0x00ff00:s=320x180:r=25:d=2[b];color=blue:s=320x180:r=25:d=2[c];"
                    + "color=white:s=320x180:r=25:d=2[d];[a][b][c][d]concat=n=4";

    @Inject
    Chain chain;

    @Inject
    Sources sources;

    @Inject
    MediaStore store;

    @TempDir
    Path folder;

    @Test
    void the_poster_shows_the_moment_that_was_chosen() {
        Path film = Clips.make("colours.mp4", List.of("-f", "lavfi", "-i", COLOURS, "-g", "250"));

        assertThat(colour(poster(film, 1.0), 0.5, 0.5)).isEqualTo("red");
        assertThat(colour(poster(film, 1.96), 0.5, 0.5)).isEqualTo("red");
        assertThat(colour(poster(film, 2.0), 0.5, 0.5)).isEqualTo("green");
        assertThat(colour(poster(film, 5.5), 0.5, 0.5)).isEqualTo("blue");
    }

    @Test
    void a_moment_after_the_end_shows_the_last_picture() {
        Path film = Clips.make("colours.mp4", List.of("-f", "lavfi", "-i", COLOURS, "-g", "250"));

        assertThat(colour(poster(film, 8.5), 0.5, 0.5)).isEqualTo("white");
        assertThat(colour(poster(film, 3600.0), 0.5, 0.5)).isNotNull();
    }

    @Test
    void a_poster_of_a_late_start_and_a_transport_stream_shows_the_right_moment() {
        Path film = Clips.make(
                "colours.ts",
                List.of("-f", "lavfi", "-i", COLOURS, "-c:v", "libx264", "-g", "25", "-output_ts_offset", "100"));

        assertThat(colour(poster(film, 3.0), 0.5, 0.5)).isEqualTo("green");
    }

    @Test
    void a_poster_of_a_bright_film_is_as_bright_as_an_ordinary_one() {
        Path bright = Clips.make(
                "bright-white.mp4",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "color=white:s=320x180:r=25:d=4",
                        "-vf",
                        "format=yuv420p10le,setparams=range=tv:color_primaries=bt2020:color_trc=arib-std-b67"
                                + ":colorspace=bt2020nc",
                        "-c:v",
                        "libx265",
                        "-x265-params",
                        "log-level=error"));

        Result.Poster poster = poster(bright, null);

        assertThat(poster.width()).isEqualTo(320);
        assertThat(poster.height()).isEqualTo(180);
        assertThat(Still.of(file(poster.object()), 0.5, 0.5).brightness()).isGreaterThan(250);
    }

    @Test
    void sound_with_a_cover_shows_the_cover() {
        Path cover = Clips.make("cover.png", List.of("-f", "lavfi", "-i", "color=blue:s=600x600", "-frames:v", "1"));
        Path sound = Clips.make(
                "album.mp3",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=d=3",
                        "-i",
                        cover.toString(),
                        "-map",
                        "0",
                        "-map",
                        "1",
                        "-c:v",
                        "copy",
                        "-disposition:v",
                        "attached_pic"));

        Result.Poster poster = cover(sound);

        assertThat(poster.width()).isEqualTo(600);
        assertThat(poster.height()).isEqualTo(600);
        assertThat(colour(poster.object(), 0.5, 0.5)).isEqualTo("blue");
    }

    @Test
    void sound_without_a_cover_shows_its_shape() {
        Path sound = Clips.make(
                "tone.wav", List.of("-f", "lavfi", "-i", "aevalsrc='if(lt(t,2),0,0.9*sin(900*t))':d=4:s=44100"));

        Result.Poster poster = cover(sound);

        assertThat(poster.width()).isEqualTo(1280);
        assertThat(poster.height()).isEqualTo(720);
        assertThat(Still.of(file(poster.object()), 0.1, 0.45).brightness())
                .as("quiet half")
                .isLessThan(40);
        assertThat(Still.of(file(poster.object()), 0.8, 0.45).brightness())
                .as("loud half")
                .isGreaterThan(100);
    }

    @Test
    void a_broken_cover_and_silence_do_no_harm() throws IOException {
        Path cover = Clips.make("cover.jpg", List.of("-f", "lavfi", "-i", "color=blue:s=64x64", "-frames:v", "1"));
        Path sound = Clips.make(
                "silent-album.mp3",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "anullsrc",
                        "-i",
                        cover.toString(),
                        "-map",
                        "0",
                        "-map",
                        "1",
                        "-c:v",
                        "copy",
                        "-disposition:v",
                        "attached_pic",
                        "-t",
                        "2"));
        byte[] bytes = Files.readAllBytes(sound);
        for (int i = 300; i < 700; i++) {
            bytes[i] = 0;
        }
        Path broken = Files.write(folder.resolve("broken.mp3"), bytes);

        assertThat(cover(broken).width()).isPositive();
    }

    private Result.Poster poster(Path film, Double atSeconds) {
        Sources.Known known = sources.analyse(film);
        VideoTrack track = known.track();
        VideoId video = VideoId.random();
        store.put(MediaLayout.source(video), film);
        VideoInput input = new VideoInput(
                track.index(), known.facts().startSeconds(), 0, known.facts().container(), track);
        double seconds = known.facts().durationSeconds();
        return (Result.Poster) made(video, new Task.Preview(MediaLayout.source(video), 1, input, seconds, atSeconds));
    }

    private Result.Poster cover(Path sound) {
        MediaFacts facts = sources.analyse(sound).facts();
        Integer picture =
                facts.video().stream().map(VideoTrack::index).findFirst().orElse(null);
        AudioTrack track = facts.audio().getFirst();
        VideoId video = VideoId.random();
        store.put(MediaLayout.source(video), sound);
        AudioInput input = new AudioInput(track.index(), facts.startSeconds(), null, null, track.channels());
        return (Result.Poster) made(video, new Task.Cover(MediaLayout.source(video), 1, picture, input));
    }

    private Result made(VideoId video, Task task) {
        Outcome outcome = chain.attempt(video, task, new ArrayList<>());
        assertThat(outcome).isInstanceOf(Outcome.AttemptSucceeded.class);
        return Chain.result(outcome);
    }

    private String colour(Result.Poster poster, double x, double y) {
        return colour(poster.object(), x, y);
    }

    private String colour(ObjectKey key, double x, double y) {
        return Still.of(file(key), x, y).colour();
    }

    private Path file(ObjectKey key) {
        return store.localPath(key).orElseThrow();
    }
}
