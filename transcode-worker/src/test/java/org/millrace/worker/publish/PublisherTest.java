package org.millrace.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.task.EncodedTrack;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;
import org.millrace.store.ObjectInfo;
import org.millrace.store.StoredObject;
import org.millrace.worker.Clips;
import org.millrace.worker.mp4.Mp4File;

/** Results of one attempt on their way into a store that is far away. */
class PublisherTest {

    @TempDir
    Path folder;

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private Path movie;

    @BeforeEach
    void make_a_track() {
        movie = Clips.silent(
                "published.mp4",
                2,
                25,
                "-c:v",
                "libx264",
                "-movflags",
                "+frag_keyframe+empty_moov+default_base_moof+omit_tfhd_offset");
    }

    @Test
    void four_files_are_sent_at_once_and_no_more() {
        CyclicBarrier four = new CyclicBarrier(4);

        List<EncodedTrack> tracks = new Publisher(store(key -> {
                    awaitAt(four);
                    return key;
                }))
                .publishAll(publications(8));

        assertThat(tracks)
                .extracting(EncodedTrack::name)
                .containsExactlyElementsOf(
                        IntStream.range(0, 8).mapToObj(i -> "r" + i).toList());
        assertThat(most).hasValue(4);
    }

    @Test
    void a_file_that_cannot_be_sent_fails_them_all_once_nothing_is_sent_any_more() {
        Publisher publisher = new Publisher(store(key -> {
            if (key.value().endsWith("1")) {
                throw new MediaStoreException("No way", new IOException());
            }
            return key;
        }));

        assertThatThrownBy(() -> publisher.publishAll(publications(8)))
                .isInstanceOf(MediaStoreException.class)
                .hasMessage("No way");
        assertThat(now).hasValue(0);
    }

    private List<Publisher.Publication> publications(int count) {
        return IntStream.range(0, count).mapToObj(this::publication).toList();
    }

    private Publisher.Publication publication(int number) {
        try {
            Path file = Files.copy(movie, folder.resolve("file-" + number));
            Mp4File content = Mp4File.read(file);
            VerifiedTrack verified =
                    new VerifiedTrack(file, content, content.init().sha256());
            return new Publisher.Publication(new ObjectKey("v/x/" + number), "r" + number, verified, Optional.empty());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store that takes files over and counts how many come at once. */
    private MediaStore store(UnaryOperator<ObjectKey> meanwhile) {
        return (MediaStore) Proxy.newProxyInstance(
                MediaStore.class.getClassLoader(), new Class<?>[] {MediaStore.class}, (proxy, method, arguments) -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    try {
                        ObjectKey key = meanwhile.apply((ObjectKey) arguments[0]);
                        return new StoredObject(new ObjectInfo(key, 1, "e", Instant.EPOCH), Optional.empty());
                    } finally {
                        now.decrementAndGet();
                    }
                });
    }

    private static void awaitAt(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("They do not come at once", e);
        }
    }
}
