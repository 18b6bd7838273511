package org.millrace.worker.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentStreamTest {

    @TempDir
    Path directory;

    @Test
    void a_stream_is_read_as_the_file_of_the_same_bytes_would_be() throws Exception {
        byte[] whole = Boxes.join(
                Boxes.videoInit(),
                Boxes.fragment(1, 0, 3),
                Boxes.fragment(2, 9000, 2),
                Boxes.box("mfra", Boxes.ints(1, 2)));
        Mp4File file = Mp4File.read(Files.write(directory.resolve("file.mp4"), whole));
        FragmentStream stream = new FragmentStream(new ByteArrayInputStream(whole));
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        InitSegment init = stream.init().orElseThrow();
        copy.write(init.bytes());
        Fragment first = stream.next(copy, copy.size()).orElseThrow();
        Fragment second = stream.next(copy, copy.size()).orElseThrow();

        assertThat(init).isEqualTo(file.init());
        assertThat(first.info()).isEqualTo(file.fragments().get(0));
        assertThat(second.info()).isEqualTo(file.fragments().get(1));
        assertThat(stream.next(copy, copy.size())).isEmpty();
        assertThat(copy.toByteArray())
                .isEqualTo(Arrays.copyOf(whole, (int) second.info().endOffset()));
    }

    @Test
    void a_stream_that_is_cut_off_yields_whole_fragments_only() throws Exception {
        byte[] init = Boxes.videoInit();
        byte[] whole = Boxes.join(init, Boxes.fragment(1, 0, 3));
        for (int length = 0; length < whole.length; length++) {
            FragmentStream stream = new FragmentStream(new ByteArrayInputStream(whole, 0, length));

            assertThat(stream.init().isPresent()).isEqualTo(length >= init.length);
            assertThat(stream.next(new ByteArrayOutputStream(), 0)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void what_does_not_belong_is_refused() {
        refuses("where ftyp should be", Boxes.box("free"));
        refuses("where moof should be", Boxes.videoInit(), Boxes.box("mdat"));
        refuses("where mdat should be", Boxes.videoInit(), Boxes.box("moof"), Boxes.box("moof"));
        refuses("without a size", Boxes.ints(0), Boxes.text("ftyp"));
        refuses("box of 1000000000 bytes", Boxes.ints(1_000_000_000), Boxes.text("ftyp"));
    }

    private static void refuses(String sentence, byte[]... content) {
        FragmentStream stream = new FragmentStream(new ByteArrayInputStream(Boxes.join(content)));
        assertThatThrownBy(() -> read(stream)).isInstanceOf(Mp4Exception.class).hasMessageContaining(sentence);
    }

    private static void read(FragmentStream stream) throws IOException {
        stream.next(new ByteArrayOutputStream(), 0);
    }
}
