package org.millrace.worker.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentJoinerTest {

    private static final int SIDX = 0x73696478;

    @TempDir
    Path directory;

    @Test
    void pieces_become_one_file_with_a_global_index() throws Exception {
        byte[] init = Boxes.videoInit();
        byte[] one = Boxes.fragment(1, 0, 3);
        byte[] two = Boxes.fragment(2, 9000, 2);
        byte[] three = Boxes.fragment(3, 15_000, 4);
        InitSegment parsed = InitSegment.parse(init);
        Piece chunk = piece("one", Boxes.join(init, one, two));
        Path partFile = Files.write(directory.resolve("part"), three);
        Piece part = new Piece(
                "part",
                parsed.sha256(),
                FragmentSource.of(partFile),
                Mp4File.readPart(partFile, parsed, fragment -> {}));
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        JoinedFile joined = FragmentJoiner.join(parsed, List.of(chunk, part), target);

        byte[] bytes = target.toByteArray();
        assertThat(joined.initLength()).isEqualTo(init.length + 20);
        assertThat(joined.length()).isEqualTo(bytes.length);
        assertThat(joined.durationTicks()).isEqualTo(27_000);
        assertThat(joined.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(FragmentJoiner.layOut(parsed, List.of(chunk, part))).isEqualTo(joined.fragments());
        checkIndex(ByteBuffer.wrap(bytes, init.length + 20, 76), one.length, two.length, three.length);
        FragmentInfo last = joined.fragments().getLast();
        assertThat(Arrays.copyOfRange(bytes, (int) last.offset(), (int) last.endOffset()))
                .isEqualTo(three);
        Mp4File read = Mp4File.read(Files.write(directory.resolve("joined.mp4"), bytes));
        assertThat(read.fragments()).isEqualTo(joined.fragments());
        assertThat(read.init().track()).isEqualTo(parsed.track());
    }

    @Test
    void the_duration_is_stated_in_the_movies_ticks_rounded_up() throws Exception {
        InitSegment init = InitSegment.parse(Boxes.videoInit());
        ByteBuffer header = ByteBuffer.wrap(JoinedHeader.init(init, 27_001));
        int mehd = new String(header.array(), StandardCharsets.ISO_8859_1).indexOf("mehd");

        assertThat(header.getInt(mehd - 4)).isEqualTo(20);
        assertThat(header.getInt(mehd + 4)).isEqualTo(1 << 24);
        assertThat(header.getLong(mehd + 8)).isEqualTo(301);
        assertThat(header.getInt(init.ftypLength())).isEqualTo(header.capacity() - init.ftypLength());
    }

    @Test
    void numbers_out_of_order_are_put_right_and_nothing_else_changes() throws Exception {
        InitSegment init = InitSegment.parse(Boxes.videoInit());
        Piece first = piece("first", Boxes.join(Boxes.videoInit(), Boxes.fragment(1, 0, 3)));
        Piece again = piece("again", Boxes.join(Boxes.videoInit(), Boxes.fragment(1, 9000, 2)));
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        JoinedFile joined = FragmentJoiner.join(init, List.of(first, again), target);

        FragmentInfo second = joined.fragments().get(1);
        byte[] expected = Boxes.fragment(1, 9000, 2);
        expected[23] = 2;
        assertThat(Arrays.copyOfRange(target.toByteArray(), (int) second.offset(), (int) second.endOffset()))
                .isEqualTo(expected);
    }

    @Test
    void a_fragment_larger_than_the_buffer_is_copied_whole() throws Exception {
        byte[] large = Boxes.fragment(1, 0, 100_000);
        Piece piece = piece("large", Boxes.join(Boxes.videoInit(), large));
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        FragmentJoiner.join(InitSegment.parse(Boxes.videoInit()), List.of(piece), target);

        byte[] bytes = target.toByteArray();
        assertThat(Arrays.copyOfRange(bytes, bytes.length - large.length, bytes.length))
                .isEqualTo(large);
    }

    @Test
    void a_track_may_begin_late() throws Exception {
        InitSegment init = InitSegment.parse(Boxes.videoInit());
        Piece late = piece("late", Boxes.join(Boxes.videoInit(), Boxes.fragment(1, 4500, 3)));
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        JoinedFile joined = FragmentJoiner.join(init, List.of(late), target);

        ByteBuffer bytes = ByteBuffer.wrap(target.toByteArray());
        int sidx = (int) joined.initLength();
        int mehd = new String(target.toByteArray(), StandardCharsets.ISO_8859_1).indexOf("mehd");
        assertThat(joined.durationTicks()).isEqualTo(9000);
        assertThat(joined.fragments()).extracting(FragmentInfo::baseDecodeTime).containsExactly(4500L);
        assertThat(bytes.getLong(sidx + 20)).isEqualTo(4500);
        assertThat(bytes.getLong(mehd + 8)).isEqualTo(150);
    }

    @Test
    void a_gap_an_overlap_and_another_init_are_refused() throws Exception {
        InitSegment init = InitSegment.parse(Boxes.videoInit());
        Piece first = piece("first", Boxes.join(Boxes.videoInit(), Boxes.fragment(1, 0, 3)));
        Piece late = piece("late", Boxes.join(Boxes.videoInit(), Boxes.fragment(2, 12_000, 3)));
        Piece other = piece("other", Boxes.join(Boxes.init("vide", 90_000, avc1(), 0), Boxes.fragment(2, 9000, 3)));

        refuses("late has a fragment at tick 12000 where tick 9000 should follow", init, first, late);
        refuses("first has a fragment at tick 0 where tick 9000 should follow", init, first, first);
        refuses("other was made with another init segment", init, first, other);
        refuses("nothing to join", init);
    }

    @Test
    void more_fragments_than_the_index_can_count_are_refused() throws Exception {
        InitSegment init = InitSegment.parse(Boxes.videoInit());
        assertThat(FragmentJoiner.layOut(init, List.of(many(init, 65_535)))).hasSize(65_535);
        refuses("65536 fragments, more than the 65535", init, many(init, 65_536));
    }

    @Test
    void a_source_that_changed_or_ends_early_is_refused() throws Exception {
        byte[] file = Boxes.join(Boxes.videoInit(), Boxes.fragment(1, 0, 3));
        InitSegment init = InitSegment.parse(Boxes.videoInit());
        Piece piece = piece("piece", file);
        Path path = directory.resolve("piece");

        Files.write(path, Arrays.copyOf(file, file.length - 1));
        refusesToWrite("piece ends inside of its fragment", init, piece);
        Files.write(path, new byte[file.length]);
        refusesToWrite("piece has no fragment at byte", init, piece);
    }

    private static void checkIndex(ByteBuffer sidx, int... sizes) {
        assertThat(sidx.getInt()).isEqualTo(40 + 12 * sizes.length);
        assertThat(sidx.getInt()).isEqualTo(SIDX);
        assertThat(sidx.getInt()).isEqualTo(1 << 24);
        assertThat(sidx.getInt()).isEqualTo(1);
        assertThat(sidx.getInt()).isEqualTo(90_000);
        assertThat(sidx.getLong()).isZero();
        assertThat(sidx.getLong()).isZero();
        assertThat(sidx.getInt()).isEqualTo(sizes.length);
        int[] durations = {9000, 6000, 12_000};
        for (int i = 0; i < sizes.length; i++) {
            assertThat(sidx.getInt()).isEqualTo(sizes[i]);
            assertThat(sidx.getInt()).isEqualTo(durations[i]);
            assertThat(sidx.getInt()).isEqualTo(0x90000000);
        }
    }

    private static byte[] avc1() {
        return Boxes.box("avc1", new byte[78], Boxes.box("avcC", Boxes.hex("01 64001f ff e100")));
    }

    private static Piece many(InitSegment init, int count) {
        List<FragmentInfo> fragments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fragments.add(new FragmentInfo(100L * i, 100, i + 1L, 3000L * i, 3000, 1, true, true));
        }
        return new Piece("many", init.sha256(), (offset, length) -> null, fragments);
    }

    private Piece piece(String name, byte[] content) throws IOException {
        Path file = Files.write(directory.resolve(name), content);
        Mp4File parsed = Mp4File.read(file);
        return new Piece(name, parsed.init().sha256(), FragmentSource.of(file), parsed.fragments());
    }

    private static void refuses(String sentence, InitSegment init, Piece... pieces) {
        assertThatThrownBy(() -> FragmentJoiner.layOut(init, List.of(pieces)))
                .isInstanceOf(Mp4Exception.class)
                .hasMessageContaining(sentence);
    }

    private static void refusesToWrite(String sentence, InitSegment init, Piece piece) {
        assertThatThrownBy(() -> FragmentJoiner.join(init, List.of(piece), new ByteArrayOutputStream()))
                .isInstanceOf(Mp4Exception.class)
                .hasMessageContaining(sentence);
    }
}
