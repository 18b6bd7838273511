package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.millrace.model.key.ObjectKey;

/** What every adapter must do with objects; {@link MediaStoreContract} continues with appends. */
abstract class ObjectContract extends StoreFixture {

    private static final ObjectKey KEY = new ObjectKey("v/video/set/1/720p.mp4");
    private static final ObjectKey OTHER = new ObjectKey("v/video/source/original");

    @Test
    void bytes_come_back_as_they_were_stored() {
        byte[] bytes = random(100_000);

        StoredObject stored = store.put(KEY, bytes);

        assertThat(stored.size()).isEqualTo(bytes.length);
        assertThat(stored.sha256()).contains(Sha256.of(bytes));
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
    }

    @Test
    void a_large_file_comes_back_as_it_was_stored() throws IOException {
        byte[] bytes = random(LARGE);
        Path file = Files.write(folder.resolve("large"), bytes);

        StoredObject stored = store.put(KEY, file);

        assertThat(stored.size()).isEqualTo(LARGE);
        assertThat(stored.sha256()).contains(Sha256.of(bytes));
        assertThat(file).exists();
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
    }

    @Test
    void an_adopted_file_is_an_object_and_no_longer_a_file() throws IOException {
        byte[] bytes = random(LARGE);
        Path file = Files.write(folder.resolve("made"), bytes);

        StoredObject stored = store.adopt(KEY, file);

        assertThat(stored.size()).isEqualTo(LARGE);
        assertThat(file).doesNotExist();
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
    }

    @Test
    void a_file_that_does_not_exist_cannot_be_stored() {
        Path nothing = folder.resolve("nothing");

        assertThatThrownBy(() -> store.put(KEY, nothing)).isInstanceOf(MediaStoreException.class);
        assertThatThrownBy(() -> store.adopt(KEY, nothing)).isInstanceOf(MediaStoreException.class);
        assertThat(store.stat(KEY)).isEmpty();
    }

    @Test
    void an_empty_object_exists() throws IOException {
        store.put(KEY, new byte[0]);
        store.put(OTHER, Files.createFile(folder.resolve("empty")));

        assertThat(store.stat(KEY)).get().extracting(ObjectInfo::size).isEqualTo(0L);
        assertThat(content(store.read(KEY))).isEmpty();
        assertThat(content(store.read(OTHER, 0, 10))).isEmpty();
    }

    @Test
    void what_is_known_of_an_object_is_the_same_wherever_it_is_asked() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(2);

        ObjectInfo stored = store.put(KEY, new byte[42]).info();

        assertThat(stored.key()).isEqualTo(KEY);
        assertThat(stored.size()).isEqualTo(42);
        assertThat(stored.etag()).matches("[A-Za-z0-9-]+");
        assertThat(stored.modified()).isBetween(before, Instant.now().plusSeconds(2));
        assertThat(store.stat(KEY)).get().extracting(ObjectInfo::etag).isEqualTo(stored.etag());
        assertThat(list(KEY)).singleElement().extracting(ObjectInfo::etag).isEqualTo(stored.etag());
    }

    @Test
    void an_object_that_is_replaced_has_new_bytes_and_a_new_etag() {
        String first = store.put(KEY, random(1000)).info().etag();
        byte[] bytes = random(1001);

        String second = store.put(KEY, bytes).info().etag();

        assertThat(second).isNotEqualTo(first);
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
    }

    @Test
    void ranges_are_exact() {
        byte[] bytes = random(10_000);
        store.put(KEY, bytes);

        assertThat(content(store.read(KEY, 0, 1))).containsExactly(bytes[0]);
        assertThat(content(store.read(KEY, 9_999, 1))).containsExactly(bytes[9_999]);
        assertThat(content(store.read(KEY, 3, 5))).containsExactly(bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]);
        assertThat(content(store.read(KEY, 0, 10_000))).isEqualTo(bytes);
    }

    @Test
    void ranges_end_where_the_object_ends() {
        store.put(KEY, new byte[100]);

        assertThat(content(store.read(KEY, 90, 1000))).hasSize(10);
        assertThat(content(store.read(KEY, 90, Long.MAX_VALUE))).hasSize(10);
        assertThat(content(store.read(KEY, 100, 1))).isEmpty();
        assertThat(content(store.read(KEY, 5000, 1))).isEmpty();
        assertThat(content(store.read(KEY, 50, 0))).isEmpty();
        assertThatThrownBy(() -> store.read(KEY, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.read(KEY, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_stream_may_be_closed_early_and_skipped() throws IOException {
        byte[] bytes = random(LARGE);
        store.put(KEY, bytes);

        try (InputStream in = store.read(KEY, 10, 1000)) {
            in.skipNBytes(500);
            assertThat(in.read()).isEqualTo(bytes[510] & 0xff);
        }
        try (InputStream in = store.read(KEY)) {
            assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
        }
    }

    @Test
    void a_missing_object_is_told_apart() {
        assertThat(store.stat(KEY)).isEmpty();
        assertThat(store.localPath(KEY)).isEmpty();
        assertThat(list(KEY)).isEmpty();
        assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> store.read(KEY, 5, 5)).isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> store.read(KEY, 0, 0)).isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> store.move(KEY, OTHER)).isInstanceOf(NoSuchObjectException.class);
        store.delete(KEY);
        store.deletePrefix(KEY);
    }

    @Test
    void a_prefix_is_not_an_object() {
        store.put(KEY, new byte[1]);
        ObjectKey above = new ObjectKey("v/video/set");

        assertThat(store.stat(above)).isEmpty();
        assertThat(store.localPath(above)).isEmpty();
        assertThatThrownBy(() -> store.read(above)).isInstanceOf(NoSuchObjectException.class);
        store.delete(above);
        assertThat(store.stat(KEY)).isPresent();
    }

    @Test
    void odd_but_valid_keys_work() {
        List<ObjectKey> odd = Stream.of(
                        "0",
                        "-",
                        "_",
                        "a..b",
                        "x.",
                        "v/a-b",
                        "v/a_b",
                        "v/a.b",
                        "v/a/b",
                        "s".repeat(200),
                        "d/".repeat(60) + "e")
                .map(ObjectKey::new)
                .toList();
        for (ObjectKey key : odd) {
            store.put(key, key.value().getBytes(StandardCharsets.UTF_8));
        }

        for (ObjectKey key : odd) {
            assertThat(content(store.read(key))).asString().isEqualTo(key.value());
            assertThat(list(key)).extracting(ObjectInfo::key).containsExactly(key);
            store.delete(key);
            assertThat(store.stat(key)).isEmpty();
        }
    }

    @Test
    void a_reader_sees_the_old_object_or_the_new_one_but_no_mixture() throws Exception {
        byte[] zeros = new byte[3_000_000];
        byte[] ones = new byte[2_000_000];
        Arrays.fill(ones, (byte) 1);
        store.put(KEY, zeros);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> reads = threads.submit(() -> {
                int count = 0;
                while (!done.get() || count == 0) {
                    byte[] seen = content(store.read(KEY));
                    assertThat(Arrays.equals(seen, zeros) || Arrays.equals(seen, ones))
                            .as("%d bytes are one of the two objects", seen.length)
                            .isTrue();
                    count++;
                }
                return count;
            });
            for (int i = 0; i < 40; i++) {
                store.put(KEY, i % 2 == 0 ? ones : zeros);
            }
            done.set(true);

            assertThat(reads.get()).isPositive();
        }
    }

    @Test
    void three_hundred_objects_are_deleted_by_their_prefix_and_no_other() {
        ObjectKey prefix = new ObjectKey("v/video/work");
        for (int i = 0; i < 300; i++) {
            store.put(prefix.child("task" + i % 7).child("attempt" + i), new byte[] {1});
        }
        ObjectKey sibling = new ObjectKey("v/video/works");
        store.put(sibling, new byte[1]);
        store.createAppend(prefix.child("append"));
        assertThat(list(prefix)).hasSize(300);

        store.deletePrefix(prefix);

        assertThat(list(prefix)).isEmpty();
        assertThat(list(new ObjectKey("v"))).extracting(ObjectInfo::key).containsExactly(sibling);
        assertThatThrownBy(() -> store.durableOffset(prefix.child("append"))).isInstanceOf(NoSuchObjectException.class);
    }

    @Test
    void a_prefix_that_is_itself_an_object_is_deleted() {
        store.put(KEY, new byte[1]);

        store.deletePrefix(KEY);

        assertThat(store.stat(KEY)).isEmpty();
    }

    @Test
    void a_moved_object_has_only_its_new_key_and_may_be_moved_again() {
        byte[] bytes = random(LARGE);
        store.put(KEY, bytes);
        store.put(OTHER, new byte[1]);

        store.move(KEY, OTHER);
        store.move(KEY, OTHER);

        assertThat(store.stat(KEY)).isEmpty();
        assertThat(content(store.read(OTHER))).isEqualTo(bytes);
    }

    @Test
    void a_store_that_works_says_so_and_leaves_nothing_behind() {
        store.check();
        store.sweep(Duration.ofDays(1));

        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_failed_put_leaves_nothing_behind() {
        assertThatThrownBy(() -> store.put(KEY, folder)).isInstanceOf(MediaStoreException.class);

        assertThat(leftovers()).isEmpty();
        assertThat(store.stat(KEY)).isEmpty();
    }
}
