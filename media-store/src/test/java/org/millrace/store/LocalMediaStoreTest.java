package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.millrace.model.key.ObjectKey;

class LocalMediaStoreTest extends MediaStoreContract {

    private static final ObjectKey KEY = new ObjectKey("v/video/source/original");

    @Override
    MediaStore open() {
        return new LocalMediaStore(root(), Clock.systemUTC());
    }

    private Path root() {
        return folder.resolve("media");
    }

    @Override
    List<String> leftovers() {
        try (Stream<Path> incoming = Files.walk(root().resolve(".incoming"));
                Stream<Path> appends = Files.walk(root().resolve(".appends"))) {
            return Stream.concat(incoming.skip(1), appends.filter(Files::isRegularFile))
                    .map(Path::toString)
                    .filter(path -> !path.endsWith("/u/upload2"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_object_is_a_file_named_by_its_key() {
        store.put(KEY, new byte[] {7});

        assertThat(store.localPath(KEY)).contains(root().resolve("v/video/source/original"));
        assertThat(root().resolve("v/video/source/original")).hasBinaryContent(new byte[] {7});
        assertThat(store.presignGet(KEY, Duration.ofMinutes(1))).isEmpty();
        assertThat(store.freeBytes().orElseThrow()).isPositive();
    }

    @Test
    void adopting_makes_no_second_copy() throws IOException {
        Path file = Files.write(folder.resolve("made"), new byte[1000]);
        Object inode = Files.getAttribute(file, "unix:ino");

        store.adopt(KEY, file);

        assertThat(Files.getAttribute(store.localPath(KEY).orElseThrow(), "unix:ino"))
                .isEqualTo(inode);
    }

    @Test
    void a_file_of_another_file_system_is_adopted_by_copying() throws IOException {
        Path elsewhere = Files.createTempFile(Path.of("/dev/shm"), "millrace", "");
        Files.write(elsewhere, random(1000));

        StoredObject stored = store.adopt(KEY, elsewhere);

        assertThat(stored.sha256()).contains(Sha256.of(random(1000)));
        assertThat(elsewhere).doesNotExist();
        assertThat(content(store.read(KEY))).isEqualTo(random(1000));
    }

    @Test
    void directories_go_with_their_last_object() {
        store.put(KEY, new byte[1]);
        store.put(new ObjectKey("v/other"), new byte[1]);

        store.delete(KEY);

        assertThat(root().resolve("v")).exists();
        assertThat(root().resolve("v/video")).doesNotExist();
    }

    @Test
    void a_symbolic_link_does_not_lead_out_of_the_store() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path secret = Files.write(outside.resolve("secret"), new byte[1]);
        Files.createSymbolicLink(root().resolve("v"), outside);
        Files.createSymbolicLink(root().resolve("w"), secret);
        ObjectKey below = new ObjectKey("v/secret");
        ObjectKey link = new ObjectKey("w");

        assertThatThrownBy(() -> store.read(below)).isInstanceOf(MediaStoreException.class);
        assertThatThrownBy(() -> store.stat(below)).isInstanceOf(MediaStoreException.class);
        assertThatThrownBy(() -> store.put(below, new byte[2])).isInstanceOf(MediaStoreException.class);
        assertThatThrownBy(() -> store.read(link)).isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> store.adopt(KEY, root().resolve("w"))).isInstanceOf(MediaStoreException.class);
        assertThat(store.localPath(link)).isEmpty();
        store.deletePrefix(new ObjectKey("v"));
        store.deletePrefix(link);

        assertThat(secret).hasBinaryContent(new byte[1]);
        assertThat(root().resolve("v")).doesNotExist();
    }

    @Test
    void files_that_nobody_finished_are_swept_once_they_are_old() throws IOException {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        Path old = Files.createFile(root().resolve(".incoming/old"));
        Path young = Files.createFile(root().resolve(".incoming/young"));
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofHours(23))));

        new LocalMediaStore(root(), Clock.fixed(now, ZoneOffset.UTC));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void a_folder_that_disappears_is_reported_and_not_made_anew() throws IOException {
        try (Stream<Path> paths = Files.walk(root())) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }

        assertThatThrownBy(store::check)
                .isInstanceOf(MediaStoreException.class)
                .hasMessageContaining("is gone; is its disk mounted?");
        assertThatThrownBy(() -> store.put(KEY, new byte[1])).isInstanceOf(MediaStoreException.class);
        assertThatThrownBy(() -> store.createAppend(KEY)).isInstanceOf(MediaStoreException.class);
        assertThat(root()).doesNotExist();
    }

    @Test
    void a_full_disk_is_told_apart() {
        IOException full =
                catchThrowableOfType(IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[1]));

        assertThat(MediaStoreException.of("Cannot store", full)).isInstanceOf(StoreFullException.class);
        assertThat(MediaStoreException.of("Cannot store", new IOException("Input/output error")))
                .isNotInstanceOf(StoreFullException.class);
    }

    @Test
    void a_gigabyte_passes_through_a_small_buffer() {
        long gigabyte = 1L << 30;
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        store.createAppend(KEY);
        long before = threads.getCurrentThreadAllocatedBytes();

        long offset = store.append(KEY, 0, new Senders.Endless(), gigabyte);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4L << 20);
        assertThat(offset).isEqualTo(gigabyte);
        assertThat(store.finishAppend(KEY).size()).isEqualTo(gigabyte);
    }
}
