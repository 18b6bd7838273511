package org.millrace.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.store.MediaStoreException;

/** What a backup holds, whatever happens while it is made. */
class BackupTest {

    @TempDir
    Path folder;

    private Library library;
    private Path backup;

    @BeforeEach
    void two_videos() throws Exception {
        library = Library.in(folder.resolve("home"));
        library.add("lake", "the lake", "the lake in small");
        library.add("hill", "the hill", "the hill in small");
        backup = folder.resolve("backup");
    }

    @Test
    void a_restored_library_has_the_same_ledger_and_the_same_bytes() throws Exception {
        BackupJson made = library.backUp(backup);
        assertThat(made.videos()).isEqualTo(2);
        assertThat(made.objects()).isEqualTo(4);
        assertThat(made.faults()).isEmpty();

        Library restored = Library.of(folder.resolve("other"));
        assertThat(restored.restore(backup)).isEqualTo(made);
        assertThat(restored.objects()).isEqualTo(library.objects()).hasSize(4);
        assertThat(restored.count("video")).isEqualTo(2);
        assertThat(files(restored.installation().home()))
                .as("nothing that was only needed meanwhile")
                .noneMatch(file -> file.contains("restoring"));
    }

    @Test
    void an_older_backup_keeps_what_is_the_same_gets_what_is_new_and_loses_what_is_gone() throws Exception {
        library.backUp(backup);
        Path kept = backup.resolve("media").resolve(Library.source("lake"));
        Object before = Files.readAttributes(kept, "unix:ino").get("ino");
        library.delete("hill");
        library.add("wood", "the wood", "the wood in small");

        BackupJson made = library.backUp(backup);
        assertThat(made.videos()).isEqualTo(2);
        assertThat(Files.readAttributes(kept, "unix:ino").get("ino")).isEqualTo(before);
        assertThat(files(backup)).noneMatch(file -> file.contains("hill")).anyMatch(file -> file.contains("wood"));
        assertThat(files(backup).stream().filter(file -> file.endsWith(".db"))).hasSize(1);
        Library restored = Library.of(folder.resolve("other"));
        restored.restore(backup);
        assertThat(restored.objects()).isEqualTo(library.objects());
    }

    @Test
    void an_object_that_was_replaced_by_one_of_the_same_length_is_copied_again() throws Exception {
        library.backUp(backup);
        replace();
        assertThat(library.backUp(backup).faults()).isEmpty();
        assertThat(library.backUp(backup).faults()).isEmpty();
        Library restored = Library.of(folder.resolve("other"));
        restored.restore(backup);
        assertThat(restored.objects()).isEqualTo(library.objects());
        assertThat(files(backup))
                .filteredOn(file -> file.endsWith(Library.rendition("lake")))
                .hasSize(1);
    }

    private void replace() throws Exception {
        String hash = library.put(Library.rendition("lake"), "THE LAKE IN SMALL");
        library.sql("update published set sha256 = '" + hash + "' where video_id = '" + Library.id("lake") + "'");
    }

    @Test
    void what_was_lost_or_spoilt_in_the_backup_is_copied_again() throws Exception {
        library.backUp(backup);
        Files.delete(backup.resolve("media").resolve(Library.source("lake")));
        Files.writeString(backup.resolve("media").resolve(Library.rendition("hill")), "half");
        library.backUp(backup);
        Library restored = Library.of(folder.resolve("other"));
        restored.restore(backup);
        assertThat(restored.objects()).isEqualTo(library.objects());
    }

    @Test
    void a_video_that_is_deleted_while_its_bytes_are_copied_is_whole_in_the_backup_and_told() throws Exception {
        Map<String, String> before = library.objects();
        Spoken out = new Spoken("Copying", () -> library.delete("lake"));
        BackupJson made = new Backup(library.installation(), out).into(backup);
        assertThat(made.videos()).isEqualTo(2);
        assertThat(made.faults()).isEmpty();
        assertThat(out.text())
                .contains("Deleted meanwhile, and still in this backup: Video lake (" + Library.id("lake") + ")");
        assertThat(library.objects()).doesNotContainKey(Library.source("lake"));

        Library restored = Library.of(folder.resolve("other"));
        restored.restore(backup);
        assertThat(restored.objects()).isEqualTo(before);
    }

    @Test
    void one_that_breaks_off_leaves_the_older_backup_as_it_was() throws Exception {
        BackupJson older = library.backUp(backup);
        Map<String, String> before = library.objects();
        library.add("wood", "the wood", "the wood in small");
        Spoken out = new Spoken("Copying", () -> {
            throw new IllegalStateException("the end");
        });
        assertThatThrownBy(() -> new Backup(library.installation(), out).into(backup))
                .hasMessage("the end");
        assertThat(library.installation().media().resolve(".backup")).doesNotExist();

        Library restored = Library.of(folder.resolve("other"));
        assertThat(restored.restore(backup)).isEqualTo(older);
        assertThat(restored.objects()).isEqualTo(before);
        assertThat(library.backUp(backup).videos()).isEqualTo(3);
    }

    @Test
    void one_that_breaks_off_when_all_is_copied_has_changed_nothing_of_the_older_backup() throws Exception {
        BackupJson older = library.backUp(backup);
        Map<String, String> before = library.objects();
        library.add("wood", "the wood", "the wood in small");
        replace();
        Spoken out = new Spoken(
                "Copying",
                () -> files(backup).stream()
                        .filter(file -> file.endsWith(".db")
                                && !file.endsWith(older.database().name()))
                        .map(file -> file.replace("ledger-", "objects-").replace(".db", ".sha256/in-the-way"))
                        .forEach(file ->
                                assertThat(Path.of(file).toFile().mkdirs()).isTrue()));
        assertThatThrownBy(() -> new Backup(library.installation(), out).into(backup))
                .isInstanceOf(MediaStoreException.class);
        Library restored = Library.of(folder.resolve("other"));
        assertThat(restored.restore(backup)).isEqualTo(older);
        assertThat(restored.objects()).isEqualTo(before);
    }

    @Test
    void a_list_that_was_spoilt_costs_copying_everything_again() throws Exception {
        BackupJson older = library.backUp(backup);
        Files.writeString(backup.resolve(older.list().name()), "");
        assertThat(library.backUp(backup).objects()).isEqualTo(4);
        Library restored = Library.of(folder.resolve("other"));
        restored.restore(backup);
        assertThat(restored.objects()).isEqualTo(library.objects());
    }

    @Test
    void links_that_a_killed_backup_left_are_removed_by_the_next() throws Exception {
        Path left = library.installation().media().resolve(".backup");
        Files.createDirectory(left);
        Files.createLink(left.resolve("0"), library.installation().media().resolve(Library.source("lake")));
        library.backUp(backup);
        assertThat(left).doesNotExist();
    }

    @Test
    void an_upload_that_is_half_there_is_left_out_and_one_that_became_a_video_is_not() throws Exception {
        library.sql(
                "insert into upload (id, owner, length, metadata, file_name, title, created_at, expires_at, video_id,"
                        + " done, version) values ('u1', 'o', 9, '', 'a', 'a', 0, 9, 'wood', 0, 0),"
                        + " ('u2', 'o', 9, '', 'a', 'a', 0, 9, '" + Library.id("lake") + "', 1, 0)");
        assertThat(library.backUp(backup).uploadsLeftOut()).isEqualTo(1);
        Library restored = Library.of(folder.resolve("other"));
        restored.restore(backup);
        assertThat(restored.count("upload")).isEqualTo(1);
        assertThat(library.count("upload")).isEqualTo(2);
    }

    @Test
    void what_is_to_be_deleted_anyway_is_not_copied() throws Exception {
        library.put("v/" + Library.id("lake") + "/work/task/attempt/part-1.m4s", "part");
        library.put("v/" + Library.id("lake") + "/work/task2/attempt/part-1.m4s", "part");
        library.sql("insert into garbage values ('g', 'v/" + Library.id("lake") + "/work/task', 0)");
        library.backUp(backup);
        assertThat(files(backup))
                .noneMatch(file -> file.contains("work/task/"))
                .anyMatch(file -> file.contains("work/task2/"));
    }

    @Test
    void what_was_missing_or_damaged_before_is_said_by_name_and_does_not_prevent_the_backup() throws Exception {
        Files.delete(library.installation().media().resolve(Library.source("lake")));
        library.put(Library.rendition("hill"), "the hill in SMALL");
        BackupJson made = library.backUp(backup);
        assertThat(made.faults())
                .containsExactly(
                        "Video lake (" + Library.id("lake") + "): " + Library.source("lake") + " is missing.",
                        Library.rendition("hill") + " is not what was written: its hash differs.");
    }

    @Test
    void what_the_library_has_lost_since_the_last_backup_stays_in_the_backup_and_is_said() throws Exception {
        Map<String, String> before = library.objects();
        library.backUp(backup);
        Files.delete(library.installation().media().resolve(Library.source("lake")));
        library.put(Library.rendition("hill"), "the hill");
        assertThat(library.backUp(backup).faults())
                .containsExactlyInAnyOrder(
                        "Video lake (" + Library.id("lake") + "): " + Library.source("lake")
                                + " is missing; this backup has it.",
                        "Video hill (" + Library.id("hill") + "): " + Library.rendition("hill")
                                + " has 8 bytes instead of 17; this backup has it.");
        Library restored = Library.of(folder.resolve("other"));
        restored.restore(backup);
        assertThat(restored.objects()).isEqualTo(before);
    }

    private static List<String> files(Path below) {
        try (Stream<Path> all = Files.walk(below)) {
            return all.map(Path::toString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a backup tells how far it is, and something happens when it says something. */
    private static final class Spoken extends PrintStream {

        private final String word;
        private final Runnable then;

        private Spoken(String word, Runnable then) {
            super(new ByteArrayOutputStream(), true);
            this.word = word;
            this.then = then;
        }

        @Override
        public void println(String line) {
            super.println(line);
            if (line.startsWith(word)) {
                then.run();
            }
        }

        private String text() {
            return out.toString();
        }
    }
}
