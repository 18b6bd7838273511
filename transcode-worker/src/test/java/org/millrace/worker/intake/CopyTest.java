package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.model.task.Task.Part;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.NumberedClip;

/** Pictures that are copied as they are. */
@QuarkusTest
class CopyTest {

    /** Matroska and FLV count milliseconds. */
    private static final Offset<Double> ROUNDING = Offset.offset(0.0006);

    private static final String[] COMPATIBLE = {
        "-c:v", "libx264", "-g", "60", "-bf", "3", "-x264-params", "scenecut=0:open-gop=0", "-c:a", "aac"
    };

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mov", "matroska", "mpegts", "flv"})
    void a_copy_shows_the_pictures_of_its_source_at_their_times(String format) {
        Path movie = NumberedClip.make("copy." + format, "30000/1001", 300, with(COMPATIBLE, "-f", format));

        Chain.Ending ending = chain.carry(movie, PlanRequest.Limits.NONE);

        assertThat(ending.failure()).isNull();
        assertThat(ending.remarks()).isEmpty();
        assertThat(ending.plan().copied()).isEqualTo("72p");
        Path copy = file(ending.assembled("72p"));
        double start = Clips.startSeconds(movie);
        List<String> times = Clips.pictureTimes(copy);
        List<String> before = Clips.pictureTimes(movie);
        assertThat(times).hasSameSizeAs(before).hasSize(300);
        for (int i = 0; i < times.size(); i++) {
            assertThat(Double.parseDouble(times.get(i))).isCloseTo(Double.parseDouble(before.get(i)) - start, ROUNDING);
        }
        assertThat(Clips.pictures(copy).stream().map(CopyTest::hash).toList())
                .isEqualTo(Clips.pictures(movie).stream().map(CopyTest::hash).toList());
        assertThat(Clips.complaints(copy)).isEmpty();
        assertTogether(movie, start, store.localPath(ending.download().object()).orElseThrow());
    }

    @Test
    void the_beginning_of_a_copy_and_its_rest_are_the_whole() {
        Path movie = NumberedClip.make("copy.mp4", "30000/1001", 300, with(COMPATIBLE, "-f", "mp4"));
        VideoId video = VideoId.random();
        ObjectKey source = MediaLayout.source(video);
        store.put(source, movie);
        Task.Remux whole = copying(source);
        List<EncodedTrack> all = made(video, whole);
        List<EncodedTrack> lead = made(video, part(whole, Part.LEAD, 5, 0));
        long end = lead.getLast().endTicks();
        List<EncodedTrack> rest = made(video, part(whole, Part.REST, 10.01, end));

        assertThat(end).isEqualTo(2 * 60 * 3003);
        assertThat(rest.getFirst().startTicks()).isEqualTo(end);
        assertThat(lead.getFirst().init()).isNotNull();
        assertThat(rest.getFirst().init()).isNull();
        List<EncodedTrack> both = new ArrayList<>(lead);
        both.addAll(rest);
        EncodedTrack joined = made(video, new Task.Assemble("72p", 1, both)).getFirst();
        EncodedTrack straight = made(video, new Task.Assemble("72p", 1, all)).getFirst();
        assertThat(joined.sha256()).isEqualTo(straight.sha256());
        assertThat(joined.samples()).isEqualTo(300);
    }

    @Test
    void a_picture_that_begins_after_the_sound_keeps_its_distance() {
        Path movie = NumberedClip.make("copy.mp4", "30000/1001", 300, with(COMPATIBLE, "-f", "mp4"));
        Path late = Clips.make(
                "late-copy.mp4",
                List.of(
                        "-itsoffset",
                        "0.05",
                        "-i",
                        movie.toString(),
                        "-i",
                        movie.toString(),
                        "-map",
                        "0:v",
                        "-map",
                        "1:a",
                        "-c",
                        "copy"));

        Chain.Ending ending = chain.carry(late, PlanRequest.Limits.NONE);

        assertThat(ending.failure()).isNull();
        assertThat(ending.plan().copied()).isEqualTo("72p");
        EncodedTrack copy = ending.assembled("72p");
        assertThat(copy.startTicks()).isEqualTo(4500);
        assertThat(Clips.pictureTimes(file(copy)).getFirst()).isEqualTo("0.050000");
        assertThat(Clips.pictureTimes(
                                store.localPath(ending.download().object()).orElseThrow())
                        .getFirst())
                .isEqualTo("0.050000");
    }

    @Test
    void a_key_frame_that_cannot_be_decoded_ends_the_copy() throws IOException {
        Path movie = NumberedClip.make("copy.mp4", "30000/1001", 300, with(COMPATIBLE, "-f", "mp4"));
        VideoId video = VideoId.random();
        ObjectKey source = MediaLayout.source(video);
        store.put(source, movie);
        Task.Remux task = copying(source);
        Path damaged = Files.copy(movie, folder.resolve("damaged.mp4"));
        try (RandomAccessFile bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
            bytes.seek(keyFrame(video, source) + 5);
            bytes.write(new byte[300]);
        }
        store.put(source, damaged);

        Outcome outcome = chain.attempt(video, task, Strategy.PLAIN);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.AttemptFailed.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.OUTPUT_INVALID));
    }

    private static void assertTogether(Path movie, double start, Path download) {
        List<Double> flashes = NumberedClip.flashes(download);
        List<Double> beeps = NumberedClip.beeps(download);
        List<Double> before = NumberedClip.flashes(movie);
        List<Double> heard = NumberedClip.beeps(movie);
        assertThat(flashes).hasSameSizeAs(beeps).hasSameSizeAs(before).hasSizeGreaterThan(8);
        for (int i = 0; i < flashes.size(); i++) {
            assertThat(flashes.get(i) - beeps.get(i))
                    .isCloseTo(before.get(i) - start - heard.get(i), Offset.offset(0.0011));
        }
    }

    private Task.Remux copying(ObjectKey source) {
        return (Task.Remux) chain.planned(source, "copy-72p", PlanRequest.Limits.NONE);
    }

    private long keyFrame(VideoId video, ObjectKey source) {
        Outcome outcome = chain.attempt(video, new Task.Analyse(source, Task.Analyse.Scope.HEADER), Strategy.PLAIN);
        Result.Header header = (Result.Header) Chain.result(outcome);
        return header.packets().getFirst().keys().get(2).position();
    }

    private static Task part(Task.Remux whole, Part part, double seconds, long skipTicks) {
        return new Task.Remux(whole.source(), part, whole.video(), whole.name(), whole.set(), seconds, skipTicks);
    }

    private List<EncodedTrack> made(VideoId video, Task task) {
        return ((Result.Tracks) Chain.result(chain.attempt(video, task, Strategy.PLAIN))).tracks();
    }

    private Path file(EncodedTrack track) {
        return store.localPath(track.object()).orElseThrow();
    }

    private static String hash(String line) {
        return line.substring(line.lastIndexOf(',') + 1);
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
