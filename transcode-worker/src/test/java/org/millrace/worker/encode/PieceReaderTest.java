package org.millrace.worker.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.mp4.FragmentJoiner;
import org.millrace.worker.mp4.Mp4File;

@QuarkusTest
class PieceReaderTest {

    private static final Path FILE = Clips.silent(
            "pieces.mp4",
            6,
            25,
            "-c:v",
            "libx264",
            "-g",
            "50",
            "-video_track_timescale",
            "90000",
            "-movflags",
            "+frag_keyframe+delay_moov+default_base_moof+frag_discont");

    @Inject
    MediaStore store;

    private EncodedTrack track;

    @BeforeEach
    void publish() throws IOException {
        ObjectKey key = MediaLayout.source(VideoId.random());
        store.put(key, FILE);
        List<Fragment> fragments = Mp4File.read(FILE).fragments().stream()
                .map(info -> new Fragment(info.offset(), info.size(), info.durationTicks(), info.samples()))
                .toList();
        track = new EncodedTrack(
                "180p", key, 1, "hash", "avc1.64000d", 320, 180, 90_000, 1, "init", fragments, null, null);
    }

    @Test
    void a_store_that_keeps_no_files_is_read_by_ranges_with_the_same_result() throws IOException {
        PieceReader.Read local = new PieceReader(store).read("local", track);
        PieceReader.Read remote = new PieceReader(withoutFiles()).read("remote", track);

        assertThat(local.piece().fragments()).hasSize(3);
        assertThat(remote.init()).isEqualTo(local.init());
        assertThat(remote.piece().fragments()).isEqualTo(local.piece().fragments());
        assertThat(joined(remote)).isEqualTo(joined(local));
    }

    @Test
    void an_object_that_lacks_a_fragment_of_its_track_is_refused() {
        List<Fragment> more = List.of(new Fragment(7, 8, 9, 10));
        EncodedTrack other = new EncodedTrack(
                "180p", track.object(), 1, "hash", "avc1.64000d", 320, 180, 90_000, 1, "init", more, null, null);

        assertThatThrownBy(() -> new PieceReader(store).read("piece", other))
                .isInstanceOf(AttemptFailedException.class)
                .hasMessageContaining("lacks fragments");
    }

    private static byte[] joined(PieceReader.Read read) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FragmentJoiner.join(read.init(), List.of(read.piece()), out);
        return out.toByteArray();
    }

    /** The same objects in a store like one on another machine. */
    private MediaStore withoutFiles() {
        return (MediaStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MediaStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("localPath")) {
                        return Optional.empty();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
