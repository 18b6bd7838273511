package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.media.Loudness;
import org.millrace.model.message.Result;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Supplies;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.NumberedClip;

/** How sound comes out: as loud as wanted, mixed down without losing what is said. */
@QuarkusTest
class SoundTest {

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    private final VideoId video = VideoId.random();
    private final ObjectKey source = MediaLayout.source(video);

    @ParameterizedTest
    @CsvSource({"quiet, -30", "loud, -3"})
    void a_sound_is_brought_to_the_common_loudness(String name, double gainDb) {
        Path tone = Clips.make(
                name + ".wav",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=frequency=997:duration=5,volume=17dB,volume=" + gainDb + "dB",
                        "-ac",
                        "2"));
        store.put(source, tone);
        Loudness before = loudness(input(2));
        EncodedTrack made = encoded(input(2), before);
        store.put(source, store.localPath(made.object()).orElseThrow());

        Loudness after = loudness(input(2));

        assertThat(before.integratedLufs()).isNotCloseTo(Loudness.TARGET_LUFS, within(3.0));
        assertThat(after.integratedLufs()).isCloseTo(Loudness.TARGET_LUFS, within(0.3));
    }

    @Test
    void silence_has_no_loudness_and_stays_as_it_is() {
        store.put(source, Clips.make("silence.wav", List.of("-f", "lavfi", "-i", "anullsrc", "-t", "2")));

        Loudness loudness = loudness(input(2));

        assertThat(loudness).isEqualTo(new Loudness(null, null));
        assertThat(encoded(input(2), loudness).seconds()).isCloseTo(2, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({"5.1, 6", "7.1, 8"})
    void many_channels_are_mixed_down_with_their_centre_and_without_clipping(String layout, int channels) {
        String tones = IntStream.range(0, channels)
                .mapToObj(channel -> "0.9*sin(2*PI*t*" + (300 + 200 * channel) + ")")
                .collect(Collectors.joining("|"));
        store.put(
                source,
                Clips.make(
                        "surround-" + channels + ".wav",
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "aevalsrc=exprs=" + tones + ":channel_layout=" + layout + ":s=48000:d=3",
                                "-c:a",
                                "pcm_s24le")));

        EncodedTrack made = encoded(input(channels), null);

        ByteBuffer mixed = ByteBuffer.wrap(
                        NumberedClip.samples(store.localPath(made.object()).orElseThrow()))
                .order(ByteOrder.LITTLE_ENDIAN);
        // Order of channels: left, right, centre; what is looked at is the left loudspeaker.
        double left = amplitude(mixed, 300);
        double right = amplitude(mixed, 500);
        double centre = amplitude(mixed, 700);
        assertThat(peak(mixed)).isBetween(0.3, 0.99);
        assertThat(right / left).isLessThan(0.01);
        assertThat(centre / left).isCloseTo(Math.sqrt(0.5), within(0.02));
    }

    private Loudness loudness(AudioInput input) {
        Task task = new Task.MeasureLoudness(source, input, 5);
        return ((Result.Measured) Chain.result(chain.attempt(video, task, Strategy.PLAIN))).loudness();
    }

    /** The whole track as one object. */
    private EncodedTrack encoded(AudioInput input, Loudness loudness) {
        Task task = new Task.EncodeAudio(source, input, "audio-1", 192, 5, 1, Task.Part.WHOLE, null, null)
                .given(new Supplies(List.of(), loudness));
        List<EncodedTrack> parts = tracks(task);
        return tracks(new Task.Assemble("audio-1", 1, parts)).getFirst();
    }

    private List<EncodedTrack> tracks(Task task) {
        return ((Result.Tracks) Chain.result(chain.attempt(video, task, Strategy.PLAIN))).tracks();
    }

    private static AudioInput input(int channels) {
        return new AudioInput(0, 0, null, null, channels);
    }

    private static double peak(ByteBuffer samples) {
        double peak = 0;
        for (int i = 0; i < samples.limit() / 4; i++) {
            peak = Math.max(peak, Math.abs(samples.getFloat(4 * i)));
        }
        return peak;
    }

    /** Amplitude of one frequency in the second second. */
    private static double amplitude(ByteBuffer samples, int frequency) {
        double real = 0;
        double imaginary = 0;
        for (int i = 48_000; i < 96_000; i++) {
            double angle = 2 * Math.PI * frequency * i / 48_000;
            real += samples.getFloat(4 * i) * Math.cos(angle);
            imaginary += samples.getFloat(4 * i) * Math.sin(angle);
        }
        return Math.hypot(real, imaginary) / 24_000;
    }
}
