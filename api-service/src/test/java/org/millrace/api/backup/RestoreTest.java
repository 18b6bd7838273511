package org.millrace.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not restored, and that nothing is left of what was tried. */
class RestoreTest {

    @TempDir
    Path folder;

    private Path backup;
    private Path home;
    private Library restored;

    @BeforeEach
    void a_backup() throws Exception {
        Library library = Library.in(folder.resolve("home"));
        library.add("lake", "the lake", "the lake in small");
        backup = folder.resolve("backup");
        library.backUp(backup);
        home = folder.resolve("other");
        restored = Library.of(home);
    }

    @Test
    void a_home_that_has_something_is_refused() throws Exception {
        Files.createDirectories(home);
        Files.writeString(home.resolve("notes.txt"), "mine");
        refused("There is something in " + home + " already (notes.txt)");
        assertThat(home.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void a_media_folder_that_has_something_is_refused() throws Exception {
        Files.createDirectories(home.resolve("media/v/hill"));
        refused("There is something in " + home.resolve("media") + " already (v)");
    }

    @Test
    void a_home_with_a_library_is_refused() throws Exception {
        Library.in(home);
        refused("There is something in " + home + " already");
    }

    @Test
    void a_restore_that_was_killed_is_begun_again() throws Exception {
        Files.createDirectories(
                home.resolve("media/.restoring").resolve(Library.source("lake")).getParent());
        Files.writeString(home.resolve("media/.restoring").resolve(Library.source("lake")), "the");
        Files.writeString(home.resolve(".restoring.db"), "half");
        Files.createFile(home.resolve("millrace.lock"));
        assertThat(restored.restore(backup).videos()).isEqualTo(1);
        assertThat(restored.objects()).containsEntry(Library.source("lake"), "the lake");
    }

    @Test
    void a_backup_without_its_last_file_is_refused() throws Exception {
        Files.delete(backup.resolve("backup.json"));
        refused("There is no whole backup in " + backup);
    }

    @Test
    void a_last_file_that_is_cut_off_is_refused() throws Exception {
        Path card = backup.resolve("backup.json");
        Files.writeString(card, Files.readString(card).substring(0, 100));
        refused(card + " cannot be read");
    }

    @Test
    void a_backup_that_misses_an_object_is_refused_before_anything_is_copied() throws Exception {
        Files.delete(backup.resolve("media").resolve(Library.source("lake")));
        refused("1 objects are missing, " + Library.source("lake") + " is the first");
        assertThat(home).doesNotExist();
    }

    @Test
    void a_tampered_ledger_is_refused() throws Exception {
        tamper(one("ledger-*.db"));
        refused("is damaged: ledger-");
        nothingIsLeft();
    }

    @Test
    void a_tampered_list_of_objects_is_refused() throws Exception {
        tamper(one("objects-*.sha256"));
        refused("is damaged: objects-");
    }

    @Test
    void an_object_with_another_byte_is_refused_and_named() throws Exception {
        Path object = backup.resolve("media").resolve(Library.rendition("lake"));
        tamper(object);
        refused("The backup is damaged: " + object + " is not what was written");
        nothingIsLeft();
    }

    @Test
    void of_a_backup_that_is_not_whole_the_rest_is_restored_if_that_is_wanted() throws Exception {
        Files.delete(backup.resolve("media").resolve(Library.source("lake")));
        tamper(backup.resolve("media").resolve(Library.rendition("lake")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Restore partly = new Restore(restored.installation(), true, new PrintStream(out, true));
        assertThat(partly.from(backup).videos()).isEqualTo(1);
        assertThat(partly.lost()).isEqualTo(2);
        assertThat(out.toString())
                .contains(
                        "LOST   " + Library.source("lake") + " is missing.",
                        "LOST   " + Library.rendition("lake") + " is not what was written.");
        assertThat(restored.count("video")).isEqualTo(1);
        assertThat(home.resolve("media").resolve(Library.rendition("lake"))).doesNotExist();
    }

    @Test
    void a_backup_of_newer_tables_is_refused() throws Exception {
        replaceInCard("\"schema\" : " + Version.ofSchema(), "\"schema\" : " + (Version.ofSchema() + 1));
        refused("one of a newer Millrace");
    }

    @Test
    void a_folder_of_a_newer_kind_is_refused() throws Exception {
        replaceInCard("\"format\" : 1", "\"format\" : 2");
        refused("made by a newer Millrace");
    }

    @Test
    void a_backup_that_was_copied_without_its_hidden_files_is_restored() throws Exception {
        Files.delete(backup.resolve(".lock"));
        assertThat(restored.restore(backup).videos()).isEqualTo(1);
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> restored.restore(backup))
                .isInstanceOf(Unable.class)
                .hasMessageContaining(reason);
    }

    private void nothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsOnly("millrace.lock");
        }
    }

    private Path one(String pattern) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(backup, pattern)) {
            return found.iterator().next();
        }
    }

    private static void tamper(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private void replaceInCard(String text, String by) throws IOException {
        Path card = backup.resolve("backup.json");
        assertThat(card).content().contains(text);
        Files.writeString(card, Files.readString(card).replace(text, by));
    }
}
