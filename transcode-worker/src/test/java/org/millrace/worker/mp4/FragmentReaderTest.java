package org.millrace.worker.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentReaderTest {

    private static final byte[] MFRA = Boxes.box("mfra", Boxes.ints(1, 2));

    @TempDir
    Path directory;

    @Test
    void a_video_file_is_read_with_its_track_and_fragments() throws Exception {
        byte[] init = Boxes.videoInit();
        byte[] first = Boxes.fragment(1, 0, 3);
        List<Fragment> fragments = new ArrayList<>();
        Mp4File file = Mp4File.read(write(init, first, Boxes.fragment(2, 9000, 2), MFRA), fragments::add);

        assertThat(file.init().length()).isEqualTo(init.length);
        assertThat(file.init().track())
                .isEqualTo(new Track(
                        1,
                        Track.Kind.VIDEO,
                        90_000,
                        1000,
                        "avc1.64001f",
                        1280,
                        720,
                        0,
                        0,
                        6000,
                        0,
                        new SampleDefaults(0, 0, 0)));
        assertThat(file.fragments())
                .containsExactly(
                        new FragmentInfo(init.length, first.length, 1, 0, 9000, 3, true, true),
                        new FragmentInfo(
                                init.length + first.length,
                                fragments.get(1).info().size(),
                                2,
                                9000,
                                6000,
                                2,
                                true,
                                true));
        assertThat(file.samples()).isEqualTo(5);
        assertThat(file.durationTicks()).isEqualTo(15_000);
        Sample second = fragments.getFirst().samples().get(1);
        assertThat(second).isEqualTo(new Sample(3000, 9000, 3000, init.length + first.length - 8, 4, false));
        assertThat(file.init().track().shownAt(second.presentationTime())).isEqualTo(3000);
    }

    @Test
    void an_audio_file_is_read_with_its_codec() throws Exception {
        Track track = Mp4File.read(write(Boxes.audioInit())).init().track();

        assertThat(track)
                .extracting(Track::kind, Track::codec, Track::sampleRate, Track::channels, Track::mediaTime)
                .containsExactly(Track.Kind.AUDIO, "mp4a.40.2", 48_000, 2, 1024L);
    }

    @Test
    void a_growing_file_yields_a_fragment_only_when_it_is_complete() throws Exception {
        byte[] whole = Boxes.join(Boxes.videoInit(), Boxes.fragment(1, 0, 3), Boxes.fragment(2, 9000, 2));
        int firstEnd = Boxes.videoInit().length + Boxes.fragment(1, 0, 3).length;
        Path file = Files.createFile(directory.resolve("growing.mp4"));
        List<Long> seenAt = new ArrayList<>();
        try (FragmentReader reader = FragmentReader.open(file)) {
            for (int i = 0; i < whole.length; i++) {
                Files.write(file, new byte[] {whole[i]}, StandardOpenOption.APPEND);
                assertThat(reader.init().isPresent()).isEqualTo(i + 1 >= Boxes.videoInit().length);
                if (reader.next().isPresent()) {
                    seenAt.add(i + 1L);
                    assertThat(reader.position()).isEqualTo(i + 1L);
                }
            }
        }
        assertThat(seenAt).containsExactly((long) firstEnd, (long) whole.length);
    }

    @Test
    void a_finished_file_cut_anywhere_is_refused() throws Exception {
        byte[] init = Boxes.videoInit();
        byte[] whole = Boxes.join(init, Boxes.fragment(1, 0, 3));
        for (int length = 0; length < whole.length; length++) {
            Path cut = write(Arrays.copyOf(whole, length));
            if (length == init.length) {
                assertThat(Mp4File.read(cut).fragments()).isEmpty();
            } else {
                assertThatThrownBy(() -> Mp4File.read(cut))
                        .as("%d bytes", length)
                        .isInstanceOf(Mp4Exception.class);
            }
        }
    }

    @Test
    void a_flipped_byte_is_read_or_refused_but_never_crashes() throws Exception {
        byte[] whole = Boxes.join(Boxes.audioInit(), Boxes.fragment(1, 0, 3), Boxes.videoInit());
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? 0xff : 0);
            Path file = write(damaged);
            try {
                Mp4File.read(file);
            } catch (Mp4Exception expected) {
                assertThat(expected.getMessage()).endsWith(".");
            }
        }
    }

    @Test
    void what_does_not_belong_is_refused_with_a_sentence() throws Exception {
        byte[] init = Boxes.videoInit();
        refuses("where ftyp should be", Boxes.box("free"), init);
        refuses("where moof should be", init, Boxes.box("mdat", new byte[4]));
        refuses("where mdat should be", init, Boxes.box("moof"), Boxes.box("moof"));
        refuses("without a size", init, Boxes.ints(0), Boxes.text("moof"));
        refuses("its offsets are absolute", init, Boxes.fragment(1, 0, 2, 0x000020, 0));
        refuses("outside of its data box", init, Boxes.fragment(1, 0, 2, 0x020020, 1));
        refuses("holds no sample", init, Boxes.fragment(1, 0, 0));
        refuses("impossible time", init, Boxes.fragment(1, -1024, 2));
        refuses("is hev1 instead of avc1", Boxes.init("vide", 90_000, Boxes.box("hev1"), 0));
        refuses("neither video nor audio", Boxes.init("subt", 1000, Boxes.box("tx3g"), 0));
    }

    @Test
    void a_run_that_claims_a_billion_samples_costs_nothing() throws Exception {
        byte[] fragment = Boxes.fragment(1, 0, 2);
        int count = indexOf(fragment, "trun") + 8;
        ByteBuffer.wrap(fragment).putInt(count, 1_000_000_000);
        refuses("claims more samples", Boxes.videoInit(), fragment);
        ByteBuffer.wrap(fragment).putInt(count - 4, 1);
        refuses("claims more samples", Boxes.videoInit(), fragment);
    }

    @Test
    void a_fragment_of_one_frame_takes_everything_from_its_header() throws Exception {
        byte[] init = Boxes.videoInit();
        List<Fragment> fragments = new ArrayList<>();
        Mp4File.read(write(init, Boxes.fragmentOfOne(4)), fragments::add);

        assertThat(fragments.getFirst().samples())
                .containsExactly(new Sample(0, 0, 3000, init.length + 8 + 16 + 8 + 28 + 20 + 20 + 8, 4, true));
        refuses("do not fill its data box", init, Boxes.fragmentOfOne(3));
        refuses("claims more samples", init, Boxes.fragmentOfOne(5));
    }

    @Test
    void a_part_without_init_is_read_with_the_init_it_was_made_for() throws Exception {
        InitSegment init = InitSegment.parse(Boxes.videoInit());
        Path part = write(Boxes.fragment(7, 90_000, 2));

        assertThat(Mp4File.readPart(part, init, fragment -> {}))
                .extracting(FragmentInfo::offset, FragmentInfo::sequence, FragmentInfo::baseDecodeTime)
                .containsExactly(tuple(0L, 7L, 90_000L));
    }

    private void refuses(String sentence, byte[]... content) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> Mp4File.read(file))
                .isInstanceOf(Mp4Exception.class)
                .hasMessageContaining(sentence);
    }

    private Path write(byte[]... content) throws IOException {
        return Files.write(directory.resolve("file.mp4"), Boxes.join(content));
    }

    private static int indexOf(byte[] bytes, String type) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(type);
    }
}
