package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.mp4.FragmentInfo;
import org.millrace.worker.mp4.Mp4File;

/** The pictures of a long video cost next to nothing. */
@QuarkusTest
class StoryboardCostTest {

    private static final int HOUR = 3600;

    /** An hour of 1080p costs thousands of seconds to encode; of 240p alone, some 170. */
    private static final double ONE_PERCENT_OF_THE_SMALLEST_LADDER = 1.7;

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @Test
    void an_hour_costs_less_than_a_hundredth_of_the_smallest_ladder() throws IOException {
        Path minute = Clips.make(
                "rendition.mp4",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "mandelbrot=s=426x240:r=30",
                        "-t",
                        "20",
                        "-vf",
                        "setsar=1",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-crf",
                        "23",
                        "-maxrate",
                        "400k",
                        "-bufsize",
                        "800k",
                        "-g",
                        "60",
                        "-keyint_min",
                        "60",
                        "-sc_threshold",
                        "0",
                        "-flags",
                        "+cgop",
                        "-pix_fmt",
                        "yuv420p",
                        "-video_track_timescale",
                        "90000",
                        "-movflags",
                        "+frag_keyframe+delay_moov+default_base_moof+frag_discont"));
        VideoId video = VideoId.random();
        EncodedTrack hour = repeated(video, minute);

        Outcome outcome =
                chain.attempt(video, new Task.Storyboard(1, HOUR, "240p", "240p", List.of(hour)), new ArrayList<>());

        assertThat(outcome).isInstanceOf(Outcome.AttemptSucceeded.class);
        double cpu = ((Outcome.AttemptSucceeded) outcome).manifest().cpuSeconds();
        Result.Storyboard board = (Result.Storyboard) Chain.result(outcome);
        System.out.println("Storyboard of an hour: " + cpu + " CPU-s, sheet "
                + board.sheet().sizeBytes() + " bytes, preview " + board.clip().sizeBytes() + " bytes");
        assertThat(board.tiles()).isEqualTo(120);
        assertThat(board.clip().sizeBytes()).isLessThan(300_000);
        assertThat(cpu).isLessThan(ONE_PERCENT_OF_THE_SMALLEST_LADDER);
    }

    /** An hour made of one film over and over: the same fragments, later each time. */
    private EncodedTrack repeated(VideoId video, Path film) throws IOException {
        byte[] bytes = Files.readAllBytes(film);
        Mp4File content = Mp4File.read(film);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(content.init().bytes());
        List<Fragment> fragments = new ArrayList<>();
        long time = 0;
        while (time < HOUR * 90_000L) {
            for (FragmentInfo info : content.fragments()) {
                byte[] fragment = Arrays.copyOfRange(bytes, (int) info.offset(), (int) info.endOffset());
                int tfdt = new String(fragment, StandardCharsets.ISO_8859_1).indexOf("tfdt");
                ByteBuffer.wrap(fragment).putLong(tfdt + 8, time);
                fragments.add(new Fragment(out.size(), fragment.length, info.durationTicks(), info.samples()));
                out.write(fragment);
                time += info.durationTicks();
            }
        }
        ObjectKey key = MediaLayout.work(video).child("240p.mp4");
        store.put(key, out.toByteArray());
        return new EncodedTrack(
                "240p",
                key,
                out.size(),
                "",
                "avc1.640015",
                426,
                240,
                90_000,
                content.init().length(),
                "",
                fragments,
                0L,
                null);
    }
}
