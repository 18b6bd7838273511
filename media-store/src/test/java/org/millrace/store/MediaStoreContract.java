package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.millrace.model.key.ObjectKey;

/** What every adapter must do: with objects, which it inherits, and with appends. */
abstract class MediaStoreContract extends ObjectContract {

    private static final ObjectKey KEY = new ObjectKey("u/upload");

    @Test
    void an_append_in_one_go_becomes_an_object() {
        byte[] bytes = random(LARGE);
        store.createAppend(KEY);

        long offset = store.append(KEY, 0, stream(bytes, 0, LARGE), Long.MAX_VALUE);
        ObjectInfo finished = store.finishAppend(KEY);

        assertThat(offset).isEqualTo(LARGE);
        assertThat(finished.size()).isEqualTo(LARGE);
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void an_append_is_not_an_object_until_it_is_finished() {
        store.createAppend(KEY);
        store.append(KEY, 0, stream(random(100), 0, 100), 100);

        assertThat(store.stat(KEY)).isEmpty();
        assertThat(store.localPath(KEY)).isEmpty();
        assertThat(list(new ObjectKey("u"))).isEmpty();
        assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(NoSuchObjectException.class);
    }

    @Test
    void an_append_goes_on_in_another_process() {
        byte[] bytes = random(LARGE);
        store.createAppend(KEY);
        int[] steps = {1, 4_000_000, 4_000_001, 12_000_000, LARGE};
        int offset = 0;
        for (int next : steps) {
            store = open();
            assertThat(store.durableOffset(KEY)).isEqualTo(offset);
            assertThat(store.append(KEY, offset, stream(bytes, offset, next), next - offset))
                    .isEqualTo(next);
            offset = next;
        }

        open().finishAppend(KEY);

        assertThat(content(store.read(KEY))).isEqualTo(bytes);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void creating_an_append_again_keeps_its_bytes() {
        store.createAppend(KEY);
        store.append(KEY, 0, stream(random(100), 0, 100), 100);

        store.createAppend(KEY);

        assertThat(store.durableOffset(KEY)).isEqualTo(100);
    }

    @Test
    void a_small_append_and_an_empty_one_become_objects() {
        ObjectKey empty = new ObjectKey("u/empty");
        byte[] bytes = random(10);
        store.createAppend(KEY);
        store.createAppend(empty);
        store.append(KEY, 0, stream(bytes, 0, 10), 10);

        assertThat(store.append(empty, 0, InputStream.nullInputStream(), 10)).isZero();
        assertThat(store.finishAppend(empty).size()).isZero();
        assertThat(store.finishAppend(KEY).size()).isEqualTo(10);
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
        assertThat(content(store.read(empty))).isEmpty();
    }

    @Test
    void finishing_again_is_fine() {
        store.createAppend(KEY);
        store.append(KEY, 0, stream(random(100), 0, 100), 100);
        ObjectInfo first = store.finishAppend(KEY);

        assertThat(open().finishAppend(KEY)).isEqualTo(first);
    }

    @Test
    void no_more_bytes_are_read_than_asked_for() {
        ByteArrayInputStream in = new ByteArrayInputStream(random(100));
        store.createAppend(KEY);

        assertThat(store.append(KEY, 0, in, 60)).isEqualTo(60);

        assertThat(in.available()).isEqualTo(40);
    }

    @Test
    void a_wrong_offset_is_refused_and_nothing_is_read() {
        store.createAppend(KEY);
        store.append(KEY, 0, stream(random(100), 0, 100), 100);
        ByteArrayInputStream in = new ByteArrayInputStream(random(100));

        for (long wrong : new long[] {0, 99, 101, -1}) {
            assertThatThrownBy(() -> store.append(KEY, wrong, in, 100))
                    .isInstanceOfSatisfying(
                            WrongOffsetException.class,
                            e -> assertThat(e.durableOffset()).isEqualTo(100));
        }

        assertThat(in.available()).isEqualTo(100);
        assertThat(store.durableOffset(KEY)).isEqualTo(100);
    }

    @Test
    void what_came_before_a_sender_broke_off_is_kept() {
        byte[] bytes = random(LARGE);
        int broken = 9_000_000;
        store.createAppend(KEY);
        InputStream checked = new SequenceInputStream(stream(bytes, 0, broken), new Senders.Broken(true));
        assertThat(store.append(KEY, 0, checked, LARGE)).isEqualTo(broken);
        InputStream unchecked = new SequenceInputStream(stream(bytes, broken, broken + 10), new Senders.Broken(false));
        assertThat(store.append(KEY, broken, unchecked, LARGE)).isEqualTo(broken + 10);

        store = open();

        assertThat(store.durableOffset(KEY)).isEqualTo(broken + 10);
        store.append(KEY, broken + 10, stream(bytes, broken + 10, LARGE), LARGE);
        store.finishAppend(KEY);
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
    }

    @Test
    void a_chunk_that_arrived_damaged_can_be_dropped() {
        byte[] bytes = random(LARGE);
        byte[] damaged = new byte[LARGE];
        store.createAppend(KEY);
        int[] steps = {0, 1_000_000, 3_000_000, 15_000_000, LARGE};
        for (int i = 1; i < steps.length; i++) {
            int from = steps[i - 1];
            int to = steps[i];
            assertThat(store.append(KEY, from, stream(damaged, from, LARGE), LARGE))
                    .isEqualTo(LARGE);
            store.truncate(KEY, from);
            assertThat(open().durableOffset(KEY)).isEqualTo(from);
            assertThat(store.append(KEY, from, stream(bytes, from, to), LARGE)).isEqualTo(to);
        }

        store.finishAppend(KEY);

        assertThat(content(store.read(KEY))).isEqualTo(bytes);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_truncation_to_what_never_was_is_refused() {
        store.createAppend(KEY);
        store.append(KEY, 0, stream(random(100), 0, 100), 100);

        assertThatThrownBy(() -> store.truncate(KEY, 101)).isInstanceOf(WrongOffsetException.class);
        assertThatThrownBy(() -> store.truncate(KEY, -1)).isInstanceOf(WrongOffsetException.class);
        store.truncate(KEY, 100);

        assertThat(store.durableOffset(KEY)).isEqualTo(100);
    }

    @Test
    void a_missing_append_is_told_apart() {
        assertThatThrownBy(() -> store.durableOffset(KEY)).isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> store.append(KEY, 0, InputStream.nullInputStream(), 1))
                .isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> store.truncate(KEY, 0)).isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> store.finishAppend(KEY)).isInstanceOf(NoSuchObjectException.class);
        store.abortAppend(KEY);
    }

    @Test
    void an_aborted_append_is_gone() {
        store.createAppend(KEY);
        store.append(KEY, 0, stream(random(LARGE), 0, LARGE), LARGE);

        store.abortAppend(KEY);

        assertThatThrownBy(() -> store.durableOffset(KEY)).isInstanceOf(NoSuchObjectException.class);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_finished_append_replaces_the_object_of_its_key() {
        store.put(KEY, random(500));
        store.createAppend(KEY);
        store.append(KEY, 0, stream(random(100), 0, 100), 100);
        assertThat(content(store.read(KEY))).isEqualTo(random(500));

        store.finishAppend(KEY);

        assertThat(content(store.read(KEY))).isEqualTo(random(100));
    }

    @Test
    void an_append_under_a_prefix_is_dropped_with_it_and_others_are_not() {
        ObjectKey inside = KEY.child("inside");
        ObjectKey beside = new ObjectKey("u/upload2");
        store.createAppend(inside);
        store.createAppend(beside);
        store.append(inside, 0, stream(random(LARGE), 0, LARGE), LARGE);

        store.deletePrefix(KEY);

        assertThatThrownBy(() -> store.durableOffset(inside)).isInstanceOf(NoSuchObjectException.class);
        assertThat(store.durableOffset(beside)).isZero();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_second_writer_is_refused_while_the_first_is_at_work() throws Exception {
        store.createAppend(KEY);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> first = threads.submit(() -> store.append(KEY, 0, new Senders.Waiting(started, release), 1));
            started.await();

            assertThatThrownBy(() -> store.append(KEY, 0, stream(random(10), 0, 10), 10))
                    .isInstanceOf(AppendBusyException.class);
            assertThatThrownBy(() -> store.finishAppend(KEY)).isInstanceOf(AppendBusyException.class);
            assertThatThrownBy(() -> store.truncate(KEY, 0)).isInstanceOf(AppendBusyException.class);
            release.countDown();

            assertThat(first.get()).isEqualTo(1);
            assertThat(store.append(KEY, 1, stream(random(10), 0, 10), 10)).isEqualTo(11);
        }
    }
}
